import type { ConversationFilter, ListedFieldsFragment } from "@/graphql/generated/graphql";

export type Listed = ListedFieldsFragment;

/** Which conversations the list shows. */
export type View = { kind: "all" | "archived" | "removed" } | { kind: "tag"; tag: string };

export const ALL: View = { kind: "all" };

export function sameView(a: View, b: View): boolean {
  return a.kind === b.kind && (a.kind !== "tag" || b.kind !== "tag" || sameTag(a.tag, b.tag));
}

/** As the server has it: upper and lower case are one. */
export function sameTag(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

export function filterOf(view: View): ConversationFilter {
  switch (view.kind) {
    case "all":
      return { archived: false, removed: false };
    case "archived":
      return { archived: true, removed: false };
    case "removed":
      return { archived: null, removed: true };
    case "tag":
      return { archived: null, removed: false, tag: view.tag };
  }
}

/** What `filterOf` asks for, of one conversation that changed here. */
export function belongs(item: Listed, view: View): boolean {
  if (view.kind === "removed") return item.removedAt !== null;
  if (item.removedAt !== null) return false;
  if (view.kind === "tag") return item.tags.some((tag) => sameTag(tag, view.tag));
  return item.archived === (view.kind === "archived");
}

/** Newest first, each conversation once; what comes later in `more` is the newer knowledge. */
export function merged(items: readonly Listed[], more: readonly Listed[]): Listed[] {
  const byId = new Map([...items, ...more].map((item) => [item.id, item]));
  return [...byId.values()].sort((a, b) => compare(momentOf(b), momentOf(a)) || compare(b.id, a.id));
}

/**
 * The head of the list as it is now: what was in its range and did not come back was removed elsewhere.  `pinned` are all
 * that are pinned, wherever they stand.
 */
export function withHead(items: readonly Listed[], head: readonly Listed[], isAll: boolean, pinned: readonly Listed[] = []): Listed[] {
  const oldest = head.at(-1);
  const rest = isAll || !oldest ? [] : items.filter((item) => momentOf(item) < momentOf(oldest));
  return merged(merged(rest.map((item) => (item.pinned ? { ...item, pinned: false } : item)), head), pinned);
}

/** What the list is in the order of. */
export function momentOf(item: Listed): string {
  return item.removedAt ?? item.updatedAt;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
