import { expect, test } from "vitest";

import { groupOf, leading, type Report, reportFrom, reportOfMany, scaleOf, seriesOf, sorted } from "./report";
import { spanOf } from "./span";
import { NOTHING, restOf, sumOf, tokensOf, type UseRow } from "./totals";

const NOW = Date.UTC(2030, 0, 7, 15, 20);
const week = (() => {
  const span = spanOf("7d", null, NOW, 0);
  if (span === null) throw new Error("no span");
  return span;
})();
const at = (day: number) => new Date(Date.UTC(2030, 0, day)).toISOString();

function row(counts: Partial<UseRow>): UseRow {
  const finished = counts.prompts ?? 0;
  return { ...NOTHING, finished, start: null, user: null, client: null, account: null, model: null, ...counts };
}
const user = (id: string) => ({ id, name: `name of ${id}` });
const values = (report: Report, of: string) => seriesOf(report, "prompts").find((each) => each.of === of)?.values;

test("steps in which nothing was used stand there as nothing", () => {
  const report = reportFrom([row({ start: at(2), prompts: 3 }), row({ start: at(7), prompts: 1 })], "total", week);
  expect(report.steps.map(({ prompts }) => prompts)).toEqual([0, 3, 0, 0, 0, 0, 1]);
  expect(report.total.prompts).toBe(4);
  expect(reportFrom([], "model", week)).toMatchObject({ groups: [], total: NOTHING });
});

test("groups come with the most prompts first, each with its steps and its total", () => {
  const rows = [
    row({ start: at(1), user: user("a"), prompts: 1 }),
    row({ start: at(2), user: user("b"), prompts: 5 }),
    row({ start: at(3), user: user("a"), prompts: 2 }),
  ];
  const { groups } = reportFrom(rows, "user", week);
  expect(groups.map(({ value, name, total, steps }) => [value, name, total.prompts, steps.map(({ prompts }) => prompts)])).toEqual([
    ["b", "name of b", 5, [0, 5, 0, 0, 0, 0, 0]],
    ["a", "name of a", 3, [1, 0, 2, 0, 0, 0, 0]],
  ]);
});

test("what has no client is a group without a name", () => {
  expect(groupOf(row({ prompts: 1 }), "client")).toEqual({ value: null, name: null });
});

test("of more groups than there are colours the smaller ones are the others, together as large as they are", () => {
  const rows = Array.from({ length: 11 }, (_, n) => row({ start: at(1 + (n % 7)), model: `m${n}`, prompts: n + 1 }));
  const report = reportFrom(rows, "model", week);
  const series = seriesOf(report, "prompts");
  expect(series).toHaveLength(8);
  expect(leading(report.groups, "prompts").map(({ name }) => name)).toEqual(["m10", "m9", "m8", "m7", "m6", "m5", "m4"]);
  expect(values(report, "others")).toEqual([1, 2, 3, 4, 0, 0, 0]);
  const all = series.flatMap((each) => each.values).reduce((sum, value) => sum + value, 0);
  expect(all).toBe(report.total.prompts);
});

test("as many groups as there are colours have no others", () => {
  const rows = Array.from({ length: 8 }, (_, n) => row({ start: at(1), model: `m${n}`, prompts: 1 }));
  expect(seriesOf(reportFrom(rows, "model", week), "prompts").every(({ of }) => of !== "others")).toBe(true);
});

test("the groups that lead are those of the measure that is shown", () => {
  const rows = Array.from({ length: 9 }, (_, n) => row({ start: at(1), model: `m${n}`, prompts: 9 - n, failed: n }));
  expect(leading(reportFrom(rows, "model", week).groups, "failed")[0]?.name).toBe("m8");
});

test("where groups by time are too many, those that were asked for one by one are shown, and the rest as the others", () => {
  const groups = [row({ model: "a", prompts: 6 }), row({ model: "b", prompts: 3 }), row({ prompts: 2 })];
  const byTime = [row({ start: at(1), prompts: 7 }), row({ start: at(2), prompts: 4 })];
  const single = new Map([["a", [row({ start: at(1), prompts: 6 })]]]);
  const report = reportOfMany(groups, byTime, single, "model", week);
  expect(report.groups.map(({ name, total }) => [name, total.prompts])).toEqual([["a", 6], ["b", 3], [null, 2]]);
  expect(values(report, "others")).toEqual([1, 4, 0, 0, 0, 0, 0]);
});

test("tokens are known as far as those of any prompt are", () => {
  const known = row({ prompts: 2, promptTokens: 10, replyTokens: 5 });
  const unknown = row({ prompts: 3, promptTokens: null, replyTokens: null, unknownTokens: 3 });
  expect(tokensOf(sumOf([unknown, unknown]))).toBeNull();
  expect(tokensOf(sumOf([unknown, NOTHING]))).toBeNull();
  expect(sumOf([unknown, known])).toMatchObject({ promptTokens: 10, replyTokens: 5, unknownTokens: 3 });
  expect(tokensOf(sumOf([]))).toBe(0);
  expect(tokensOf(restOf(sumOf([unknown, known]), [known]))).toBeNull();
});

test("tokens that nobody knows have no height in the chart", () => {
  const report = reportFrom([row({ start: at(1), model: "m", prompts: 1, promptTokens: null, replyTokens: null, unknownTokens: 1 })], "model", week);
  expect(seriesOf(report, "tokens")[0]?.values).toEqual([0, 0, 0, 0, 0, 0, 0]);
});

test("all together the chart shows what became of the prompts, and of which tokens there were how many", () => {
  const report = reportFrom([row({ start: at(7), prompts: 5, finished: 3, stopped: 1, failed: 1, promptTokens: 8, replyTokens: 9 })], "total", week);
  const last = (measure: "prompts" | "tokens" | "failed") => seriesOf(report, measure).map((each) => [each.of, each.values.at(-1)]);
  expect(last("prompts")).toEqual([["finished", 3], ["stopped", 1], ["failed", 1]]);
  expect(last("tokens")).toEqual([["promptTokens", 8], ["replyTokens", 9]]);
  expect(last("failed")).toEqual([["failed", 1]]);
});

test("the table is sorted by any column, what is not known before nothing, what has no name last", () => {
  const rows = [
    row({ start: at(1), client: user("b"), prompts: 1, promptTokens: null, replyTokens: null, unknownTokens: 1 }),
    row({ start: at(1), client: user("a"), prompts: 3 }),
    row({ start: at(1), prompts: 2, promptTokens: 7 }),
  ];
  const { groups } = reportFrom(rows, "client", week);
  const by = (column: "name" | "promptTokens", descending: boolean) => sorted(groups, { column, descending }, "en").map(({ value }) => value);
  expect(by("name", false)).toEqual(["a", "b", null]);
  expect(by("name", true)).toEqual(["b", "a", null]);
  expect(by("promptTokens", false)).toEqual(["b", "a", null]);
});

test("times are told in the unit that fits the longest step", () => {
  expect(scaleOf("seconds", [[30, 50], [20, 60]])).toEqual({ unit: 1, whole: false });
  expect(scaleOf("seconds", [[30, 50], [20, 80]])).toEqual({ unit: 60, whole: false });
  expect(scaleOf("prompts", [[90_000]])).toEqual({ unit: 1, whole: true });
});
