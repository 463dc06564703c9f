import type { Account } from "./standing";

/** An account for tests. */
export const ACCOUNT: Account = {
  id: "a1",
  name: "Library",
  kind: "CHATGPT",
  source: "RECORD",
  plus: false,
  health: "READY",
  why: "",
  whyCode: null,
  until: null,
  inFlight: 0,
  concurrency: 1,
  waiting: 0,
  lastUsedAt: null,
  hasProxy: false,
  definition: null,
  viewerCanSignIn: true,
  viewerCanCheckProxy: false,
  viewerCanRemove: true,
};
