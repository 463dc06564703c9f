import { createStore } from "zustand/vanilla";

import type { Api } from "@/graphql/api";
import { type Failure, failureFromThrown } from "@/graphql/failure";
import type { ChangeUserInput, IssueKeyInput } from "@/graphql/generated/graphql";

import { type Filter, filterOf, NO_FILTER, type User } from "./standing";
import { ChangeUserMutation, IssueKeyMutation, PromptsByUserQuery, RemoveUserMutation, UserQuery, UsersQuery } from "./user_documents";

export interface UsersState {
  status: "loading" | "ready" | "failed";
  failure: Failure | null;
  items: readonly User[];
  /** Where the next page begins, null when all are here. */
  next: string | null;
  /** Why the next page did not come. */
  olderFailure: Failure | null;
  filter: Filter;
  /** How many prompts of the last 30 days, by the ids of users with any; null where that is not known. */
  prompts: ReadonlyMap<string, number> | null;
}

export type DetailState =
  | { status: "none" | "loading" | "missing" }
  | { status: "ready"; user: User }
  | { status: "failed"; failure: Failure };

export type Change = Omit<ChangeUserInput, "id">;

const PAGE = 50;
const USE_DAYS = 30;
const DAY = 86_400_000;
/** Milliseconds without a key pressed, after which a text is looked for. */
const TYPED = 150;

/** The users that the viewer may see, page by page, and what it does with them.  Every action throws a Failure. */
export class Users {
  readonly store = createStore<UsersState>(() => ({
    status: "loading",
    failure: null,
    items: [],
    next: null,
    olderFailure: null,
    filter: NO_FILTER,
    prompts: null,
  }));
  readonly detail = createStore<DetailState>(() => ({ status: "none" }));
  readonly #api: Api;
  #asked = 0;
  #opened = "";
  #loadingOlder = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(api: Api) {
    this.#api = api;
  }

  /** What is shown stays until the answer is there; of several answers the last question's counts. */
  look(filter: Filter): void {
    const typed = filter.text !== this.store.getState().filter.text;
    this.store.setState({ filter });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.load(), typed ? TYPED : 0);
  }

  async load(): Promise<void> {
    this.#asked += 1;
    const mine = this.#asked;
    const { filter } = this.store.getState();
    try {
      const page = await this.#page(filter, null);
      if (mine === this.#asked) this.store.setState({ status: "ready", failure: null, olderFailure: null, ...page });
    } catch (thrown) {
      if (mine === this.#asked) this.store.setState({ status: "failed", failure: failureFromThrown(thrown) });
    }
  }

  /** The list is of use without it. */
  async count(): Promise<void> {
    const now = Date.now();
    const span = { from: new Date(now - USE_DAYS * DAY).toISOString(), to: new Date(now).toISOString() };
    try {
      const { rows } = (await this.#api.query(PromptsByUserQuery, span)).use;
      this.store.setState({ prompts: new Map(rows.flatMap(({ user, prompts }) => (user === null ? [] : [[user.id, prompts]]))) });
    } catch (thrown) {
      failureFromThrown(thrown);
    }
  }

  retry(): void {
    this.store.setState({ status: "loading", failure: null });
    void this.load();
    void this.count();
  }

  async loadOlder(): Promise<void> {
    const { next, filter } = this.store.getState();
    if (next === null || this.#loadingOlder) return;
    this.#loadingOlder = true;
    const mine = this.#asked;
    try {
      const page = await this.#page(filter, next);
      if (mine === this.#asked) {
        this.store.setState(({ items }) => ({ items: [...items, ...page.items], next: page.next, olderFailure: null }));
      }
    } catch (thrown) {
      if (mine === this.#asked) this.store.setState({ olderFailure: failureFromThrown(thrown) });
    }
    this.#loadingOlder = false;
  }

  /** Show one; what the list knows of it is shown until more is known. */
  async open(id: string): Promise<void> {
    this.#opened = id;
    const known = this.store.getState().items.find((item) => item.id === id);
    this.detail.setState(known ? { status: "ready", user: known } : { status: "loading" }, true);
    try {
      const { user } = await this.#api.query(UserQuery, { id });
      if (this.#opened === id) this.detail.setState(user ? { status: "ready", user } : { status: "missing" }, true);
    } catch (thrown) {
      if (this.#opened === id) this.detail.setState({ status: "failed", failure: failureFromThrown(thrown) }, true);
    }
  }

  async issue(input: IssueKeyInput): Promise<{ key: string; user: User }> {
    return (await this.#api.mutate(IssueKeyMutation, { input })).issueKey;
  }

  async change(id: string, change: Change): Promise<void> {
    this.#put((await this.#api.mutate(ChangeUserMutation, { input: { id, ...change } })).changeUser.user);
  }

  /** Shown at once, and taken back where the server refuses. */
  async setPlus(user: User, plus: boolean): Promise<void> {
    this.#put({ ...user, plus });
    try {
      await this.change(user.id, { plus });
    } catch (thrown) {
      this.#put(user);
      throw thrown;
    }
  }

  async remove(id: string): Promise<void> {
    await this.#api.mutate(RemoveUserMutation, { id });
    this.store.setState(({ items }) => ({ items: items.filter((item) => item.id !== id) }));
    // A client's users went with it.
    await this.load();
  }

  #put(user: User): void {
    this.store.setState(({ items }) => ({ items: items.map((item) => (item.id === user.id ? { ...item, ...user } : item)) }));
    const shown = this.detail.getState();
    if (shown.status === "ready" && shown.user.id === user.id) {
      this.detail.setState({ status: "ready", user: { ...shown.user, ...user } }, true);
    }
  }

  async #page(filter: Filter, after: string | null): Promise<Pick<UsersState, "items" | "next">> {
    const { users } = await this.#api.query(UsersQuery, { first: PAGE, after, filter: filterOf(filter) });
    const { hasNextPage, endCursor } = users.pageInfo;
    return { items: users.edges.map((edge) => edge.node), next: hasNextPage ? endCursor : null };
  }
}
