import { expect, test } from "vitest";

import { en } from "@/messages/en";

import { timeTaken } from "./durations";

const createdAt = "2026-11-22T10:00:00.000Z";

test.each([
  ["2026-11-22T10:00:00.030Z", "< 0.1 s"],
  ["2026-11-22T10:00:01.250Z", "1.3 s"],
  ["2026-11-22T10:00:12.700Z", "13 s"],
  ["2026-11-22T10:02:05.000Z", "2 min 5 s"],
  [null, null],
])("a reply that ended at %s took %s", (endedAt, shown) => {
  expect(timeTaken({ createdAt, endedAt }, en)).toBe(shown);
});
