import type { ReplySubscription, TurnFieldsFragment } from "@/graphql/generated/graphql";

export type Turn = TurnFieldsFragment;
export type ReplyEvent = ReplySubscription["reply"];

/** A reply that is being written, as far as its events have told. */
export interface LiveReply {
  turnId: string;
  phase: "waiting" | "writing";
  place: number | null;
  /** What the record held when the turn was loaded: shown until the events, which begin at the start, have caught up. */
  recorded: string;
  text: string;
  /** The number to go on after when the stream breaks. */
  lastNumber: number;
  connection: "open" | "lost";
  title: string | null;
  /** The turn as it ended; the last event brings it. */
  ended: Turn | null;
}

export function isLive(turn: Pick<Turn, "state">): boolean {
  return turn.state === "WAITING" || turn.state === "WRITING";
}

export function liveReplyOf(turn: Turn): LiveReply {
  return {
    turnId: turn.id,
    phase: turn.state === "WAITING" ? "waiting" : "writing",
    place: null,
    recorded: turn.reply,
    text: "",
    lastNumber: 0,
    connection: "open",
    title: null,
    ended: null,
  };
}

export function shownText(reply: LiveReply): string {
  return reply.text.length >= reply.recorded.length ? reply.text : reply.recorded;
}

/** The reply after one more event.  Events seen before are skipped: a stream that is followed again may repeat some. */
export function afterEvent(reply: LiveReply, event: ReplyEvent): LiveReply {
  if (event.__typename === "ReplyWaiting") return { ...reply, phase: "waiting", place: event.place, connection: "open" };
  if (event.number <= reply.lastNumber) return reply;
  const next: LiveReply = { ...reply, lastNumber: event.number, connection: "open" };
  switch (event.__typename) {
    case "ReplyStarted":
      return { ...next, phase: "writing" };
    case "ReplyTextAdded":
      return { ...next, phase: "writing", text: reply.text + event.text };
    case "ReplyTextReplaced":
      return { ...next, phase: "writing", recorded: "", text: event.text };
    case "ReplyTitled":
      return { ...next, title: event.title };
    case "ReplyEnded":
      return { ...next, ended: event.turn };
  }
}
