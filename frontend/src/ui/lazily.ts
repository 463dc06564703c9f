import { useEffect, useSyncExternalStore } from "react";

interface Lazily<T> {
  (needed: boolean): T | null;
  preload: () => void;
}

/**
 * A part of the app that is fetched when it is first needed.  The hook answers null until it is there; one that could not
 * be fetched is tried again where it is needed next.  `preload` fetches it before.
 */
export function lazily<T>(load: () => Promise<T>): Lazily<T> {
  let part: T | null = null;
  let loading = false;
  const listeners = new Set<() => void>();
  const listen = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const fetchIt = async () => {
    if (loading || part !== null) return;
    loading = true;
    part = await load().catch(() => null);
    loading = false;
    for (const listener of listeners) listener();
  };
  const useLazily = (needed: boolean) => {
    const now = useSyncExternalStore(listen, () => part);
    useEffect(() => {
      if (needed) void fetchIt();
    }, [needed]);
    return needed ? now : null;
  };
  return Object.assign(useLazily, { preload: () => void fetchIt() });
}
