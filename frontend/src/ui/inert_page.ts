import { useLayoutEffect } from "react";

/** While a dialog is open nothing behind it can be reached.  Dialogs may open from dialogs, so they are counted. */
export function useInertPage(open: boolean): void {
  useLayoutEffect(() => {
    const root = document.getElementById("root");
    if (!open || root === null) return;
    const count = (change: number) => {
      const dialogs = Number(root.dataset["dialogs"] ?? 0) + change;
      root.dataset["dialogs"] = String(dialogs);
      root.inert = dialogs > 0;
    };
    count(1);
    return () => count(-1);
  }, [open]);
}
