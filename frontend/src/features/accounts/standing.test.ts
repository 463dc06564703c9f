import { expect, test } from "vitest";

import { ACCOUNT } from "./an_account";
import { filtered, standingOf } from "./standing";

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
