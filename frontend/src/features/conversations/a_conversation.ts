import type { Listed } from "./list_view";

/** For tests: `minute` is when something last happened in it. */
export function aConversation(id: string, minute: number, more: Partial<Listed> = {}): Listed {
  const updatedAt = `2026-11-22T10:${String(minute).padStart(2, "0")}:00Z`;
  const allowed = { viewerCanChange: true, viewerCanRemove: true };
  return { id, title: id, updatedAt, pinned: false, archived: false, tags: [], removedAt: null, ...allowed, ...more };
}
