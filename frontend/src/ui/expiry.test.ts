import { expect, test } from "vitest";

import { momentOf, NEVER } from "./expiry";
import { fieldTime } from "./moments";

const NOW = Date.parse("2026-11-24T10:00:00Z");

test("never is null, a span counts from now", () => {
  expect(momentOf(NEVER, NOW)).toBeNull();
  expect(momentOf({ choice: "30", date: "" }, NOW)).toBe("2026-12-24T10:00:00.000Z");
});

test("a time of one's choice has to come yet", () => {
  expect(momentOf({ choice: "date", date: fieldTime(NOW + 3_600_000) }, NOW)).toBe("2026-11-24T11:00:00.000Z");
  expect(momentOf({ choice: "date", date: fieldTime(NOW - 3_600_000) }, NOW)).toBeUndefined();
  expect(momentOf({ choice: "date", date: "" }, NOW)).toBeUndefined();
});
