import { useEffect, useState } from "react";
import { flushSync } from "react-dom";

/** Turns that are drawn at once when a conversation is opened: more than a screen of them. */
const FIRST = 6;
/** Turns that each frame adds above: few enough to be drawn in one. */
const STEP = 1;

interface Placed {
  readonly id: string;
}

/**
 * The turns to draw now: the newest ones at first, then those above them, a few in each frame.  What the reader sees stays
 * where it is.  From `wanted` on all are drawn at once.
 */
export function useGradually<T extends Placed>(turns: readonly T[], view: HTMLElement | null, wanted: string | null = null): readonly T[] {
  const [from, setFrom] = useState<string | null>(null);
  const known = turns.findIndex((turn) => turn.id === from);
  const start = known === -1 ? Math.max(0, turns.length - FIRST) : known;
  const next = turns[Math.max(0, start - STEP)]?.id ?? null;
  const here = turns[start]?.id ?? null;

  // Where a prompt is added at the end, what was drawn stays.
  if (known === -1 && here !== from) setFrom(here);
  const asked = turns.findIndex((turn) => turn.id === wanted);
  if (asked !== -1 && asked < start) setFrom(wanted);

  useEffect(() => {
    if (start === 0 || view === null) return;
    const frame = requestAnimationFrame(() => {
      const anchor = anchorIn(view);
      const before = anchor?.getBoundingClientRect().top ?? 0;
      flushSync(() => setFrom(next));
      const moved = (anchor?.getBoundingClientRect().top ?? 0) - before;
      if (moved !== 0) view.scrollTop += moved;
    });
    return () => cancelAnimationFrame(frame);
  }, [start, next, view]);

  return start === 0 ? turns : turns.slice(start);
}

/** The first turn that is in view. */
function anchorIn(view: HTMLElement): Element | null {
  const { top } = view.getBoundingClientRect();
  const turns = [...view.querySelectorAll("article")];
  return turns.find((turn) => turn.getBoundingClientRect().bottom > top) ?? turns[0] ?? null;
}
