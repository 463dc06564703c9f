import { expect, test } from "vitest";

import { duration } from "./durations";

test("a time is told in the unit that fits it, with the reader's own comma", () => {
  expect([0, 1.54, 6.4, 42.4, 119].map((seconds) => duration(seconds, "en"))).toEqual(["0 s", "1.5 s", "6.4 s", "42 s", "119 s"]);
  expect([120, 754, 7_560, 900_000].map((seconds) => duration(seconds, "de"))).toEqual(["2 min", "13 min", "2,1 h", "250 h"]);
});

test("beside a scale all times have its unit", () => {
  expect([0, 90, 3_600].map((seconds) => duration(seconds, "en", 60))).toEqual(["0 min", "1.5 min", "60 min"]);
});
