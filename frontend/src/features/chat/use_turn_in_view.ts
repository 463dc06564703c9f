import { useEffect, useRef } from "react";

import type { Turn } from "./live_reply";
import { unmarkWords, wordsIntoView } from "./words_in_view";

/** What is drawn on the way still grows: for so many frames the turn is held in the middle of the view, unless the reader moves on. */
const FRAMES = 20;
const MOVES = ["wheel", "pointerdown", "keydown"] as const;
const MARKED = 2500;

export const turnElementId = (turnId: string) => `turn-${turnId}`;

interface Path {
  turns: readonly Turn[];
  /** Those that are drawn. */
  shown: readonly Turn[];
  /** Null where none are before them. */
  before: string | null;
  onEarlier: () => Promise<void>;
}

/** Words that were found in a turn; another object is another wish to see them. */
export interface Sought {
  turnId: string;
  in: "TITLE" | "PROMPT" | "REPLY";
  words: readonly string[];
}

/**
 * Brings the turn that the address asks for into view, once, loading what lies behind it first, and marks it for a moment;
 * of what is sought in it the first words, which stay marked.
 */
export function useTurnInView(turnId: string | null, sought: Sought | null, { turns, shown, before, onEarlier }: Path): void {
  const done = useRef<{ turnId: string; sought: Sought | null } | null>(null);
  const load = useRef(onEarlier);
  useEffect(() => {
    load.current = onEarlier;
  });
  const here = shown.some(({ id }) => id === turnId);
  const missing = turns.length > 0 && !turns.some(({ id }) => id === turnId);
  const [first] = turns;

  useEffect(() => {
    if (turnId === null) done.current = null;
    // One that cannot be loaded is left to the reader: the end of the conversation is in view.
    else if (missing && before !== null && done.current?.turnId !== turnId) void load.current().catch(() => undefined);
  }, [turnId, missing, before, first]);

  useEffect(() => {
    if (turnId === null || !here) return;
    if (done.current?.turnId === turnId && (sought === null || done.current.sought === sought)) return;
    done.current = { turnId, sought };
    const element = document.getElementById(turnElementId(turnId));
    if (element === null) return;
    let left = FRAMES;
    let frame = 0;
    const hold = () => {
      element.scrollIntoView({ block: element.clientHeight > window.innerHeight / 2 ? "start" : "center" });
      if (sought !== null) wordsIntoView(element, sought);
      left -= 1;
      if (left > 0) frame = requestAnimationFrame(hold);
    };
    hold();
    const letGo = () => cancelAnimationFrame(frame);
    for (const move of MOVES) document.addEventListener(move, letGo, { passive: true, capture: true });
    element.dataset["found"] = "true";
    const timer = setTimeout(() => delete element.dataset["found"], MARKED);
    return () => {
      letGo();
      for (const move of MOVES) document.removeEventListener(move, letGo, { capture: true });
      clearTimeout(timer);
      delete element.dataset["found"];
    };
  }, [turnId, sought, here]);

  useEffect(() => (sought === null ? undefined : unmarkWords), [sought]);
}
