import { useSyncExternalStore } from "react";

export const WIDE = "(min-width: 48rem)";
export const FINE_POINTER = "(pointer: fine)";

export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = window.matchMedia(query);
      media.addEventListener("change", changed);
      return () => media.removeEventListener("change", changed);
    },
    () => window.matchMedia(query).matches,
  );
}
