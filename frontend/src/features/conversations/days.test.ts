import { expect, test } from "vitest";

import { aConversation } from "./a_conversation";
import { byDay, grouped } from "./days";

const words = { language: "en", today: "Today", yesterday: "Yesterday" };
const now = new Date(2026, 10, 22, 0, 30);
const item = (date: Date) => aConversation(date.toISOString(), 0, { updatedAt: date.toISOString() });
const labels = (...dates: Date[]) => byDay(dates.map(item), now, words).map((day) => day.label);

test("days are the reader's calendar days, not spans of 24 hours", () => {
  expect(labels(new Date(2026, 10, 22, 0, 10), new Date(2026, 10, 21, 23, 50))).toEqual(["Today", "Yesterday"]);
});

test("the last week has names, older days dates, other years their year", () => {
  expect(labels(new Date(2026, 10, 18), new Date(2026, 9, 3), new Date(2025, 9, 3))).toEqual([
    "Wednesday",
    "October 3",
    "October 3, 2025",
  ]);
});

test("conversations of one day stand together", () => {
  const days = byDay([item(new Date(2026, 10, 22, 0, 20)), item(new Date(2026, 10, 22, 0, 10))], now, words);
  expect(days).toHaveLength(1);
  expect(days[0]?.items).toHaveLength(2);
});

test("a day that is ahead of the clock is called today and stands with it", () => {
  expect(labels(new Date(2026, 10, 23, 8), new Date(2026, 10, 22, 0, 10))).toEqual(["Today"]);
});

test("pinned conversations stand in a group of their own, and in no day", () => {
  const pinned = { ...item(new Date(2026, 9, 3)), pinned: true };
  const groups = grouped([item(new Date(2026, 10, 22)), pinned], now, { ...words, pinned: "Pinned" });
  expect(groups.map(({ label, items }) => [label, items.length])).toEqual([["Pinned", 1], ["Today", 1]]);
});
