import { useCallback, useLayoutEffect, useRef } from "react";

/** From its last part to its first one Radix moves the focus without scrolling there. */
const intoView = ({ target }: FocusEvent) => (target as Element).scrollIntoView({ block: "nearest" });

/**
 * While a dialog is open nothing behind it can be reached.  Dialogs may open from dialogs, so they are counted.  Returns what
 * gives the focus back once it is closed, unless what was done in it has moved the focus already.
 */
export function useInertPage(open: boolean): (event: Event) => void {
  const before = useRef<Element | null>(null);
  useLayoutEffect(() => {
    const root = document.getElementById("root");
    if (!open || root === null) return;
    // What is inert has no focus any more.
    before.current = document.activeElement;
    const count = (change: number) => {
      const dialogs = Number(root.dataset["dialogs"] ?? 0) + change;
      root.dataset["dialogs"] = String(dialogs);
      root.inert = dialogs > 0;
    };
    count(1);
    document.addEventListener("focusin", intoView);
    return () => {
      document.removeEventListener("focusin", intoView);
      count(-1);
    };
  }, [open]);
  return useCallback((event) => {
    event.preventDefault();
    if (document.activeElement === document.body && before.current instanceof HTMLElement) before.current.focus();
  }, []);
}
