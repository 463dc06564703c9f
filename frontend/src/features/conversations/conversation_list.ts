import { createStore } from "zustand/vanilla";

import type { Api } from "@/graphql/api";
import { type Failure, failureFromThrown, NOT_FOUND } from "@/graphql/failure";

import { ConversationsQuery, RemoveConversationMutation } from "./conversation_documents";

export interface Listed {
  id: string;
  title: string;
  updatedAt: string;
}

export interface ListState {
  items: readonly Listed[];
  /** Where the next page begins, null when all are here. */
  next: string | null;
  status: "untouched" | "loading" | "ready" | "failed";
}

const PAGE = 40;
const EMPTY: ListState = { items: [], next: null, status: "untouched" };

/** Newest first, each conversation once; what comes later in `more` is the newer knowledge. */
export function merged(items: readonly Listed[], more: readonly Listed[]): Listed[] {
  const byId = new Map([...items, ...more].map((item) => [item.id, item]));
  return [...byId.values()].sort((a, b) => compare(b.updatedAt, a.updatedAt) || compare(b.id, a.id));
}

/** The head of the list as it is now: what was in its range and did not come back was removed elsewhere. */
export function withHead(items: readonly Listed[], head: readonly Listed[], isAll: boolean): Listed[] {
  const oldest = head.at(-1);
  const rest = isAll || !oldest ? [] : items.filter((item) => item.updatedAt < oldest.updatedAt);
  return merged(rest, head);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The sidebar's conversations, page by page, kept in step with what happens in the chat. */
export class ConversationList {
  readonly store = createStore<ListState>(() => EMPTY);
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Load the newest page; also to see what other tabs and programs did meanwhile. */
  async refresh(): Promise<void> {
    const first = this.store.getState().status === "untouched" || this.store.getState().status === "failed";
    if (first) this.store.setState({ status: "loading" });
    try {
      const { items, next } = await this.#page(null);
      this.store.setState((state) => ({
        items: withHead(state.items, items, next === null),
        next: first || next === null ? next : state.next,
        status: "ready",
      }));
    } catch {
      if (first) this.store.setState({ status: "failed" });
    }
  }

  async loadOlder(): Promise<void> {
    const { next, status } = this.store.getState();
    if (next === null || status === "loading") return;
    this.store.setState({ status: "loading" });
    try {
      const page = await this.#page(next);
      this.store.setState((state) => ({ items: merged(page.items, state.items), next: page.next, status: "ready" }));
    } catch {
      this.store.setState({ status: "failed" });
    }
  }

  put(conversation: Listed): void {
    this.store.setState((state) => ({ items: merged(state.items, [conversation]) }));
  }

  rename(id: string, title: string): void {
    this.store.setState((state) => ({ items: state.items.map((item) => (item.id === id ? { ...item, title } : item)) }));
  }

  /** Null when it is gone, also when it was gone already. */
  async remove(id: string): Promise<Failure | null> {
    try {
      await this.#api.mutate(RemoveConversationMutation, { id });
    } catch (thrown) {
      const failure = failureFromThrown(thrown);
      if (failure.code !== NOT_FOUND) return failure;
    }
    this.store.setState((state) => ({ items: state.items.filter((item) => item.id !== id) }));
    return null;
  }

  forget(): void {
    this.store.setState(EMPTY, true);
  }

  async #page(after: string | null): Promise<{ items: Listed[]; next: string | null }> {
    const { conversations } = await this.#api.query(ConversationsQuery, { first: PAGE, after });
    const { hasNextPage, endCursor } = conversations.pageInfo;
    return { items: conversations.edges.map((edge) => edge.node), next: hasNextPage ? endCursor : null };
  }
}
