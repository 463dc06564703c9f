import { expect, test } from "vitest";

import { fieldTime, relativeTime } from "./moments";

const NOW = Date.UTC(2026, 10, 22, 12);

test.each([
  [12 * 60, "in 12 minutes"],
  [-3 * 3600, "3 hours ago"],
  [-20, "20 seconds ago"],
  [0, "now"],
  [2 * 86_400, "in 2 days"],
])("%i s from now reads %s", (seconds, words) => {
  expect(relativeTime(NOW + seconds * 1000, NOW, "en")).toBe(words);
});

test("a field's time is the reader's own clock", () => {
  expect(new Date(fieldTime(NOW)).getTime()).toBe(NOW);
});
