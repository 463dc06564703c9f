import { expect, test } from "vitest";

import { drawn } from "./bars";

const FRAME = { width: 410, height: 130, left: 10, bottom: 20, top: 10, label: 50 };
const COUNTS = { unit: 1, whole: true };

test("bars stand on each other, on the ground, and below the highest line", () => {
  const { bars, levels, band } = drawn([[4, 0], [6, 2]], 2, FRAME, COUNTS);
  expect(band).toBe(200);
  expect(levels.map(({ value }) => value)).toEqual([0, 2, 4, 6, 8, 10]);
  expect(bars.map(({ series, step, y, height }) => [series, step, y, height])).toEqual([
    [0, 0, 70, 40],
    [1, 0, 10, 60],
    [1, 1, 90, 20],
  ]);
  expect(bars.every(({ x, width }) => x >= FRAME.left && x + width <= FRAME.width)).toBe(true);
});

test("what is counted has no lines between whole numbers, what is measured has them in its unit", () => {
  expect(drawn([[1]], 1, FRAME, COUNTS).levels.map(({ value }) => value)).toEqual([0, 1]);
  expect(drawn([[90]], 1, FRAME, { unit: 60, whole: false }).levels.map(({ value }) => value / 60)).toEqual([0, 0.5, 1, 1.5]);
});

test("nothing at all has a ground to stand on and no bars", () => {
  expect(drawn([[0, 0]], 2, FRAME, COUNTS)).toMatchObject({ bars: [], levels: [{ y: 110, value: 0 }] });
  expect(drawn([], 0, FRAME, COUNTS).bars).toEqual([]);
});

test("labels stand as far apart as they are wide", () => {
  for (const steps of [7, 24, 30, 92]) {
    const { labelEvery, band } = drawn([], steps, FRAME, COUNTS);
    expect(labelEvery * band).toBeGreaterThanOrEqual(FRAME.label);
  }
});
