import { useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";

import { BUDGET } from "./drawing";
import { turnElementId } from "./use_turn_in_view";

/** Turns that are there at once when a conversation is opened: more than a screen of them. */
export const FIRST = 6;
/** The most that a frame adds above. */
const MOST = 32;

interface Placed {
  readonly id: string;
}

/**
 * The turns to show now: the newest ones at first, then those above them, in each frame as many as it has time for.  What
 * the reader sees stays where it is.  From `wanted` on all are there at once.
 */
export function useGradually<T extends Placed>(turns: readonly T[], view: HTMLElement | null, wanted: string | null = null): readonly T[] {
  const [from, setFrom] = useState<string | null>(null);
  const step = useRef(1);
  const known = turns.findIndex((turn) => turn.id === from);
  const start = known === -1 ? Math.max(0, turns.length - FIRST) : known;
  const here = turns[start]?.id ?? null;

  // Where a prompt is added at the end, what was shown stays.
  if (known === -1 && here !== from) setFrom(here);
  const asked = turns.findIndex((turn) => turn.id === wanted);
  if (asked !== -1 && asked < start) setFrom(wanted);

  useEffect(() => {
    if (start === 0 || view === null || here === null) return;
    const frame = requestAnimationFrame((now) => {
      // All that comes stands above the first one: what moves that one moves the whole view.
      const anchor = document.getElementById(turnElementId(here));
      const before = anchor?.getBoundingClientRect().top ?? 0;
      flushSync(() => setFrom(turns[Math.max(0, start - step.current)]?.id ?? null));
      const moved = (anchor?.getBoundingClientRect().top ?? 0) - before;
      if (moved !== 0) view.scrollTop += moved;
      const took = performance.now() - now;
      step.current = took < BUDGET ? Math.min(MOST, step.current * 2) : Math.max(1, step.current >> 1);
    });
    return () => cancelAnimationFrame(frame);
  }, [turns, start, here, view]);

  return start === 0 ? turns : turns.slice(start);
}
