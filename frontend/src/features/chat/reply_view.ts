import { useSyncExternalStore } from "react";

export const REPLY_VIEWS = ["rich", "plain", "json"] as const;
/** How replies are shown: as rich text, as the text that came, or as all that the server tells of the turn. */
export type ReplyView = (typeof REPLY_VIEWS)[number];

const NAME = "reply-view";
const listeners = new Set<() => void>();

function read(): ReplyView {
  const kept = localStorage.getItem(NAME);
  return REPLY_VIEWS.find((view) => view === kept) ?? "rich";
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  // Another tab may choose.
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

/** The choice of this browser, kept for the next visit. */
export function useReplyView(): ReplyView {
  return useSyncExternalStore(listen, read);
}

export function chooseReplyView(view: ReplyView): void {
  localStorage.setItem(NAME, view);
  for (const listener of listeners) listener();
}
