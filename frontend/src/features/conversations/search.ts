import { createStore } from "zustand/vanilla";

import type { Api } from "@/graphql/api";
import { type Failure, failureFromThrown } from "@/graphql/failure";
import type { SearchQuery as SearchData } from "@/graphql/generated/graphql";

import { SearchQuery } from "./conversation_documents";
import { piecesOf } from "./excerpt";

export type Hit = SearchData["search"]["edges"][number]["node"] & { cursor: string };

/** A hit that was chosen; each time it is, it is another one. */
export interface Picked {
  turnId: string;
  in: Hit["in"];
  /** As they stand in the text. */
  words: readonly string[];
}

export interface SearchState {
  /** As it stands in the field. */
  text: string;
  /** What `hits` are of. */
  found: string;
  hits: readonly Hit[];
  next: string | null;
  status: "idle" | "loading" | "ready" | "failed";
  failure: Failure | null;
  picked: Picked | null;
}

const PAGE = 20;
/** Milliseconds without another letter. */
const PAUSE = 200;
/** Milliseconds until a server whose index is behind is asked again, and how often. */
const BEHIND = 1_500;
const TRIES = 20;
const EMPTY: SearchState = { text: "", found: "", hits: [], next: null, status: "idle", failure: null, picked: null };

/** What is looked for in titles and texts.  What was found stays until something else is. */
export class Search {
  readonly store = createStore<SearchState>(() => EMPTY);
  readonly #api: Api;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #tries = 0;

  constructor(api: Api) {
    this.#api = api;
  }

  type(text: string): void {
    clearTimeout(this.#timer);
    if (text.trim() === "") {
      this.store.setState({ ...EMPTY, text }, true);
      return;
    }
    this.store.setState({ text, status: "loading", failure: null });
    this.#tries = 0;
    this.#timer = setTimeout(() => void this.#load(text, null), PAUSE);
  }

  async more(): Promise<void> {
    const { text, next, status } = this.store.getState();
    if (next === null || status === "loading") return;
    clearTimeout(this.#timer);
    this.store.setState({ status: "loading" });
    await this.#load(text, next);
  }

  async again(): Promise<void> {
    const { text, found, next } = this.store.getState();
    this.store.setState({ status: "loading", failure: null });
    await this.#load(text, text === found ? next : null);
  }

  pick({ turn, in: part, excerpt, marks }: Hit): void {
    const words = piecesOf(excerpt, marks).flatMap(({ text, marked }) => (marked ? [text] : []));
    this.store.setState({ picked: turn === null ? null : { turnId: turn.id, in: part, words: [...new Set(words)] } });
  }

  forget(): void {
    clearTimeout(this.#timer);
    this.store.setState(EMPTY, true);
  }

  async #load(text: string, after: string | null): Promise<void> {
    const stillWanted = () => this.store.getState().text === text;
    try {
      const { search } = await this.#api.query(SearchQuery, { text: text.trim(), first: PAGE, after });
      if (!stillWanted()) return;
      const hits = search.edges.map(({ cursor, node }) => ({ ...node, cursor }));
      const { hasNextPage, endCursor } = search.pageInfo;
      this.store.setState((state) => ({
        found: text,
        hits: after === null ? hits : [...state.hits, ...hits],
        next: hasNextPage ? endCursor : null,
        status: "ready",
        failure: null,
      }));
      if (after === null && !search.upToDate && ++this.#tries < TRIES) this.#timer = setTimeout(() => void this.#load(text, null), BEHIND);
    } catch (thrown) {
      if (stillWanted()) this.store.setState({ status: "failed", failure: failureFromThrown(thrown) });
    }
  }
}
