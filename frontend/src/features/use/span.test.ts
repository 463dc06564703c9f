import { expect, test } from "vitest";

import { daysOf, type Range, spanOf } from "./span";
import { Wording } from "./wording";
import { en } from "@/messages/en";

const NOW = Date.UTC(2030, 0, 31, 23, 30);
const span = (range: Range, ahead = 0, days: { first: string; last: string } | null = null) => spanOf(range, days, NOW, ahead);
const own = (first: string, last: string) => span("own", 0, { first, last });

test("a range ends with the reader's day, and is written with the reader's offset", () => {
  expect(span("today")).toMatchObject({ from: "2030-01-31T00:00:00+00:00", to: "2030-02-01T00:00:00+00:00", step: "HOUR" });
  expect(span("today", 1)).toMatchObject({ from: "2030-02-01T00:00:00+01:00", to: "2030-02-02T00:00:00+01:00" });
  expect(span("7d", -5)).toMatchObject({ from: "2030-01-25T00:00:00-05:00", to: "2030-02-01T00:00:00-05:00", step: "DAY" });
  expect(span("12m", 1)).toMatchObject({ from: "2029-03-01T00:00:00+01:00", to: "2030-02-02T00:00:00+01:00", step: "MONTH" });
});

test("each step begins where the server begins it", () => {
  expect(span("today")?.starts).toHaveLength(24);
  expect(span("30d")?.starts).toHaveLength(30);
  // Midnight of one hour ahead of UTC is 23 o'clock there, of months as of days.
  expect(span("7d", 1)?.starts.at(-1)).toBe(Date.UTC(2030, 0, 31, 23));
  expect(span("12m", 1)?.starts.map((start) => new Date(start).toISOString().slice(0, 13))).toEqual(
    ["2029-02-28T23", "2029-03-31T23", "2029-04-30T23", "2029-05-31T23", "2029-06-30T23", "2029-07-31T23"].concat(
      ["2029-08-31T23", "2029-09-30T23", "2029-10-31T23", "2029-11-30T23", "2029-12-31T23", "2030-01-31T23"],
    ),
  );
});

test("own days are both within, and their number decides how long a step is", () => {
  expect(own("2030-01-01", "2030-01-02")).toMatchObject({ step: "HOUR", to: "2030-01-03T00:00:00+00:00" });
  expect(own("2030-01-01", "2030-04-02")).toMatchObject({ step: "DAY" });
  expect(own("2030-01-15", "2031-01-15")).toMatchObject({ step: "MONTH" });
  expect(own("2030-01-15", "2031-01-15")?.starts.at(0)).toBe(Date.UTC(2030, 0, 1));
  const days = { first: "2030-01-15", last: "2030-02-15" };
  expect(daysOf(span("own", 3, days) ?? { from: "", to: "" })).toEqual(days);
});

test("days that are none, the wrong way round, or too many are no span", () => {
  const wrong: [string, string][] = [["", ""], ["2030-02-30x", "2030-03-01"], ["2030-02-02", "2030-02-01"], ["1970-02-01", "9999-01-01"], ["0001-01-01", "2030-01-01"]];
  for (const [first, last] of wrong) {
    expect(own(first, last)).toBeNull();
  }
});

test("a step is told by the reader's clock", () => {
  const wording = new Wording(en);
  const midnight = span("today", -5)?.starts[0] ?? 0;
  expect(wording.step(midnight, { step: "HOUR", ahead: -5 })).toEqual({ short: "12:00 AM", long: "Jan 31, 12:00 AM" });
  expect(wording.step(midnight, { step: "DAY", ahead: -5 }).short).toBe("Jan 31");
  expect(wording.zone({ ahead: -5 })).toBe("UTC−5");
  expect(wording.span(span("7d", -5) ?? { from: "", to: "" })).toMatch(/Jan 25\s–\s31, 2030/);
});
