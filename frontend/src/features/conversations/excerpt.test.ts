import { expect, test } from "vitest";

import { piecesOf } from "./excerpt";

const shown = (excerpt: string, ...marks: [number, number][]) =>
  piecesOf(excerpt, marks.map(([start, end]) => ({ start, end }))).map(({ text, marked }) => (marked ? `[${text}]` : text)).join("");

test("marks count characters, not halves of them", () => {
  expect(shown("🌊🌊 tides 🌊 low", [3, 8], [11, 14])).toBe("🌊🌊 [tides] 🌊 [low]");
});

test("a mark may begin or end the excerpt, and one beyond it cuts nothing off", () => {
  expect(shown("tides", [0, 5])).toBe("[tides]");
  expect(shown("low tides", [4, 40])).toBe("low [tides]");
  expect(shown("no marks")).toBe("no marks");
  expect(shown("overlap", [0, 4], [2, 6])).toBe("[over][la]p");
});
