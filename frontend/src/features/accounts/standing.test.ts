import { expect, test } from "vitest";

import { type Account, filtered, standingOf } from "./standing";

const ACCOUNT: Account = {
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

test("the server's word for each standing has one of ours", () => {
  expect(standingOf(ACCOUNT)).toBe("ready");
  expect(standingOf({ health: "BUSY" })).toBe("busy");
  expect(standingOf({ health: "NEEDS_ATTENTION" })).toBe("needsAttention");
});

test("filters go together, and a name is found in any case", () => {
  const accounts = [ACCOUNT, { ...ACCOUNT, id: "a2", name: "Lab", health: "RESTING" as const }];
  expect(filtered(accounts, { name: " LI", standing: "all" }).map(({ name }) => name)).toEqual(["Library"]);
  expect(filtered(accounts, { name: "l", standing: "resting" }).map(({ name }) => name)).toEqual(["Lab"]);
});
