import { useSyncExternalStore } from "react";

let missing = false;
const listeners = new Set<() => void>();

function set(next: boolean) {
  missing = next;
  for (const listener of listeners) listener();
}

function listen(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Something that was asked for did not come: the connection broke, or the server has another build of the app. */
export const tellMissing = () => set(true);
export const forgetMissing = () => set(false);
export const useMissing = () => useSyncExternalStore(listen, () => missing);
