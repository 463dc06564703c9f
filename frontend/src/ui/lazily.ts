import { type ComponentType, createElement, useEffect, useRef, useSyncExternalStore } from "react";

import { tellMissing } from "./missing_part";

interface Lazily<T> {
  /**
   * Null until the part is there.  `needed` is false or null where it is not needed; another object asks once more for one
   * that did not come.  `onMissing` is called where it could not be fetched.
   */
  (needed: unknown, onMissing?: () => void): T | null;
  /** Fetch it before anything needs it. */
  early: () => Promise<void>;
}

/** A part of the app that is fetched when it is first needed; one that could not be is tried again where it is needed next. */
export function lazily<T>(load: () => Promise<T>): Lazily<T> {
  let part: T | null = null;
  let loading: Promise<T | null> | null = null;
  const listeners = new Set<() => void>();
  const listen = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  async function fetched() {
    part = await load().catch(() => null);
    loading = null;
    for (const listener of listeners) listener();
    return part;
  }
  function useLazily(needed: unknown, onMissing?: () => void) {
    const now = useSyncExternalStore(listen, () => part);
    const missing = useRef(onMissing);
    useEffect(() => {
      missing.current = onMissing;
    });
    useEffect(() => {
      if (!needed || part !== null) return;
      void (loading ??= fetched()).then((got) => (got === null ? missing.current?.() : undefined));
    }, [needed]);
    return needed ? now : null;
  }
  return Object.assign(useLazily, {
    early: async () => {
      if (part === null) await (loading ??= fetched());
    },
  });
}

const soon: (() => Promise<void>)[] = [];

/** A part that answers what the reader does: fetched before that if there is time, and told of where it does not come. */
export function lazyAnswer<T>(load: () => Promise<T>): Lazily<T> {
  const useAnswer = lazily(load);
  soon.push(useAnswer.early);
  function useTold(needed: unknown, onMissing?: () => void) {
    return useAnswer(needed, () => {
      tellMissing();
      onMissing?.();
    });
  }
  return Object.assign(useTold, { early: useAnswer.early });
}

/** The same for something over the page, which counts as closed where it does not come. */
export function lazyDialog<P extends { onClose: () => void }>(load: () => Promise<{ default: ComponentType<P> }>) {
  const useDialog = lazyAnswer(load);
  return function LazyDialog(props: P) {
    const part = useDialog(true, props.onClose);
    return part === null ? null : createElement(part.default, props);
  };
}

const SIGNS = ["pointermove", "pointerdown", "keydown"];

/** Fetch what answers the reader once they move, or after a while, `first` before all: the first page comes first. */
export function fetchAnswersSoon(milliseconds: number, first: () => Promise<void>): void {
  const go = () => {
    clearTimeout(timer);
    for (const sign of SIGNS) window.removeEventListener(sign, go, true);
    for (const fetchIt of [first, ...soon]) void fetchIt();
  };
  const timer = setTimeout(go, milliseconds);
  for (const sign of SIGNS) window.addEventListener(sign, go, { capture: true, passive: true });
}
