import { createStore } from "zustand/vanilla";

import type { Api } from "@/graphql/api";
import { type Failure, failureFromThrown, NOT_FOUND } from "@/graphql/failure";

import {
  ChangeConversationMutation,
  ConversationsQuery,
  RemoveConversationMutation,
  RestoreConversationMutation,
  TagsQuery,
} from "./conversation_documents";
import { ALL, belongs, filterOf, type Listed, merged, sameView, type View, withHead } from "./list_view";

export interface Tag {
  tag: string;
  conversations: number;
}

export type Change = Partial<Pick<Listed, "title" | "pinned" | "archived">>;
/** Of the tags what is added and what is taken off: the others may have changed elsewhere. */
export interface Tagging {
  addTags?: string[];
  removeTags?: string[];
}

export interface ListState {
  view: View;
  items: readonly Listed[];
  /** Where the next page begins, null when all are here. */
  next: string | null;
  status: "untouched" | "loading" | "ready" | "failed";
  /** All of the viewer's tags, once they were asked for. */
  tags: readonly Tag[];
}

/** What was done, and the way back.  Another object is another thing to say. */
export interface Said {
  text: string;
  action: string;
  onAction: () => void;
}

const PAGE = 40;
const EMPTY: ListState = { view: ALL, items: [], next: null, status: "untouched", tags: [] };

/** The sidebar's conversations, page by page, kept in step with what happens in the chat. */
export class ConversationList {
  readonly store = createStore<ListState>(() => EMPTY);
  /** Not the page's own: the way back goes along to the next page. */
  readonly said = createStore<{ said: Said | null }>(() => ({ said: null }));
  readonly #api: Api;
  /** Begun and ended ones. */
  #changes = 0;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Load the newest page; also to see what other tabs and programs did meanwhile. */
  async refresh(): Promise<void> {
    const { view, status } = this.store.getState();
    const first = status === "untouched" || status === "failed";
    if (first) this.store.setState({ status: "loading" });
    try {
      let page, changes;
      do {
        changes = this.#changes;
        page = await this.#page(view, null);
        // What was asked for before a change of ours may be from before it, too.
      } while (changes !== this.#changes);
      this.#when(view, (state) => ({
        items: withHead(state.items, page.items, page.next === null, page.pinned),
        next: first || page.next === null ? page.next : state.next,
        status: "ready",
      }));
    } catch {
      if (first) this.#when(view, () => ({ status: "failed" }));
    }
  }

  async loadOlder(): Promise<void> {
    const { view, next, status } = this.store.getState();
    if (next === null || status === "loading") return;
    this.store.setState({ status: "loading" });
    try {
      const page = await this.#page(view, next);
      this.#when(view, (state) => ({ items: merged(page.items, state.items), next: page.next, status: "ready" }));
    } catch {
      this.#when(view, () => ({ status: "failed" }));
    }
  }

  show(view: View): void {
    if (!sameView(view, this.store.getState().view)) this.store.setState({ view, items: [], next: null, status: "untouched" });
    void this.refresh();
  }

  /** Everything anew: others were put between those that are here. */
  async reload(): Promise<void> {
    this.store.setState({ items: [], next: null, status: "untouched" });
    await this.refresh();
  }

  /** Fewer tags than there are do no harm: they are suggestions. */
  async loadTags(): Promise<void> {
    const { tags } = await this.#api.query(TagsQuery, {}).catch(() => ({ tags: this.store.getState().tags }));
    this.store.setState({ tags });
  }

  put(conversation: Listed): void {
    this.store.setState(({ items, view }) => {
      const others = items.filter(({ id }) => id !== conversation.id);
      return { items: belongs(conversation, view) ? merged(others, [conversation]) : others };
    });
  }

  rename(id: string, title: string): void {
    const known = this.#known(id);
    if (known) this.put({ ...known, title });
  }

  /** Shown at once, and taken back where it fails. */
  async change(item: Listed, change: Change): Promise<Failure | null> {
    this.put({ ...item, ...change });
    this.#changes += 1;
    try {
      const { changeConversation } = await this.#api.mutate(ChangeConversationMutation, { input: { id: item.id, ...change } });
      this.put(changeConversation.conversation);
      return null;
    } catch (thrown) {
      const before = Object.fromEntries(Object.keys(change).map((name) => [name, item[name as keyof Change]])) as Change;
      // Something else about it may have changed meanwhile.
      this.put({ ...(this.#known(item.id) ?? item), ...before });
      return failureFromThrown(thrown);
    } finally {
      this.#changes += 1;
    }
  }

  /** Null when it is done; the list then has the tags as they now are, with what was changed elsewhere. */
  async tag(item: Listed, tagging: Tagging): Promise<Failure | null> {
    this.#changes += 1;
    try {
      const { changeConversation } = await this.#api.mutate(ChangeConversationMutation, { input: { id: item.id, ...tagging } });
      this.put(changeConversation.conversation);
      void this.loadTags();
      return null;
    } catch (thrown) {
      return failureFromThrown(thrown);
    } finally {
      this.#changes += 1;
    }
  }

  /** Null when it is gone, also when it was gone already.  It leaves the list at once and comes back where that fails. */
  async remove(item: Listed): Promise<Failure | null> {
    this.#drop(item.id);
    this.#changes += 1;
    try {
      await this.#api.mutate(RemoveConversationMutation, { id: item.id });
    } catch (thrown) {
      const failure = failureFromThrown(thrown);
      if (failure.code === NOT_FOUND) return null;
      this.put(item);
      return failure;
    } finally {
      this.#changes += 1;
    }
    return null;
  }

  async restore(id: string): Promise<Failure | null> {
    try {
      const { restoreConversation } = await this.#api.mutate(RestoreConversationMutation, { id });
      this.put(restoreConversation.conversation);
      return null;
    } catch (thrown) {
      return failureFromThrown(thrown);
    } finally {
      this.#changes += 1;
    }
  }

  say(said: Said | null): void {
    this.said.setState({ said });
  }

  forget(): void {
    this.say(null);
    this.store.setState(EMPTY, true);
  }

  #known(id: string): Listed | undefined {
    return this.store.getState().items.find((item) => item.id === id);
  }

  #drop(id: string): void {
    this.store.setState(({ items }) => ({ items: items.filter((item) => item.id !== id) }));
  }

  /** An answer that comes after another view was chosen is of no use. */
  #when(view: View, change: (state: ListState) => Partial<ListState>): void {
    this.store.setState((state) => (state.view === view ? change(state) : state));
  }

  async #page(view: View, after: string | null) {
    const withPinned = view.kind === "all" && after === null;
    const variables = { first: PAGE, after, filter: filterOf(view), pinned: withPinned };
    const { conversations, pinned } = await this.#api.query(ConversationsQuery, variables);
    const { hasNextPage, endCursor } = conversations.pageInfo;
    return {
      items: conversations.edges.map(({ node }) => node),
      pinned: pinned?.edges.map(({ node }) => node) ?? [],
      next: hasNextPage ? endCursor : null,
    };
  }
}
