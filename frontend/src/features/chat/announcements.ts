import { useEffect, useRef, useState } from "react";

import type { Messages } from "@/messages/en";

import { type LiveReply, shownText, type Turn } from "./live_reply";

/** Milliseconds between two announcements of text: a screen reader must be able to keep up. */
const EVERY = 4000;
/** Milliseconds after which a change of state is worth announcing. */
const SOON = 150;

/** The whole sentences or lines at the start of the text. */
export function wholeSentences(text: string): string {
  const ends = [...text.matchAll(/[.!?…。！？:](?=\s)|\n/g)];
  const last = ends.at(-1);
  return last ? text.slice(0, last.index + 1) : "";
}

/** What a live region says about the last turn: how it stands, and its text a few sentences at a time. */
export function useAnnouncement(turn: Turn | undefined, live: LiveReply | undefined, words: Messages["chat"]["announce"]): string {
  const [said, setSaid] = useState("");
  const progress = useRef({ turnId: "", spoken: 0, wasLive: false });
  const latest = useRef<LiveReply | undefined>(live);
  const state = live ? live.phase : (turn?.state ?? "");
  const place = live?.place ?? null;

  useEffect(() => {
    latest.current = live;
  });

  useEffect(() => {
    const now = progress.current;
    if (turn && now.turnId !== turn.id) Object.assign(now, { turnId: turn.id, spoken: 0, wasLive: false });
    let next: string | null = null;
    if (state === "waiting" || state === "writing") {
      now.wasLive = true;
      next = state === "writing" ? words.writing : place === null ? "" : words.waiting(place);
    } else if (turn && now.wasLive) {
      // Only what ended while one was listening: an old conversation is read, not announced.
      now.wasLive = false;
      const end = { FINISHED: words.finished, STOPPED: words.stopped, FAILED: words.failed, WAITING: "", WRITING: "" };
      next = `${turn.reply.slice(now.spoken)} ${end[turn.state]}`.trim();
    }
    if (next === null) return;
    const text = next;
    const timer = setTimeout(() => setSaid(text), SOON);
    return () => clearTimeout(timer);
  }, [turn, state, place, words]);

  useEffect(() => {
    if (state !== "writing") return;
    const timer = setInterval(() => {
      if (!latest.current) return;
      const more = wholeSentences(shownText(latest.current).slice(progress.current.spoken));
      if (more === "") return;
      progress.current.spoken += more.length;
      setSaid(more);
    }, EVERY);
    return () => clearInterval(timer);
  }, [state, turn?.id]);

  return said;
}
