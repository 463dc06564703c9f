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
  until: null,
  inFlight: 0,
  concurrency: 1,
  waiting: 0,
  lastUsedAt: null,
  hasProxy: false,
  viewerCanSignIn: true,
  viewerCanCheckProxy: false,
  viewerCanRemove: true,
};

test("a ready account that writes all it may is busy", () => {
  expect(standingOf(ACCOUNT)).toBe("ready");
  expect(standingOf({ ...ACCOUNT, inFlight: 1 })).toBe("busy");
  expect(standingOf({ ...ACCOUNT, inFlight: 1, concurrency: 2 })).toBe("ready");
});

test("what a person has to know stands over being busy", () => {
  expect(standingOf({ ...ACCOUNT, inFlight: 1, health: "DISABLED" })).toBe("disabled");
  expect(standingOf({ ...ACCOUNT, inFlight: 1, health: "NEEDS_ATTENTION" })).toBe("needsAttention");
});

test("filters go together, and a name is found in any case", () => {
  const accounts = [ACCOUNT, { ...ACCOUNT, id: "a2", name: "Lab", health: "RESTING" as const }];
  expect(filtered(accounts, { name: " LI", standing: "all" }).map(({ name }) => name)).toEqual(["Library"]);
  expect(filtered(accounts, { name: "l", standing: "resting" }).map(({ name }) => name)).toEqual(["Lab"]);
});
