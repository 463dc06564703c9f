import type { Turn } from "./live_reply";

/** A turn for tests. */
export const TURN: Turn = {
  id: "t1",
  position: 1,
  followsTurnId: null,
  versions: [{ id: "t1" }],
  viewerCanAskAgain: true,
  viewerCanStop: false,
  prompt: "Hello",
  reply: "",
  state: "WAITING",
  model: null,
  error: null,
  usage: { promptTokens: null, replyTokens: null, source: "UNKNOWN" },
  historyLeftOut: 0,
  createdAt: "2026-11-22T10:00:00Z",
  startedAt: null,
  endedAt: null,
  durationSeconds: null,
};
