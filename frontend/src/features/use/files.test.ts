import { expect, test } from "vitest";

import { bothJson, chartCsv, csv, tableCsv } from "./files";
import { reportFrom } from "./report";
import { spanOf } from "./span";
import { NOTHING, type UseRow } from "./totals";

const span = (() => {
  const found = spanOf("own", { first: "2030-01-01", last: "2030-01-03" }, 0, 2);
  if (found === null) throw new Error("no span");
  return found;
})();
const row = (day: number, name: string, counts: Partial<UseRow>): UseRow => ({
  ...NOTHING,
  start: new Date(Date.UTC(2030, 0, day - 1, 22)).toISOString(),
  user: { id: `u-${name}`, name },
  client: null,
  account: null,
  model: null,
  ...counts,
});
const ROWS = [
  row(1, "alice", { prompts: 2, finished: 2, promptTokens: 10, replyTokens: 20 }),
  row(3, "=HYPERLINK(1)", { prompts: 1, failed: 1, promptTokens: null, replyTokens: null, unknownTokens: 1 }),
];
const names = { series: ({ of }: { of: unknown }) => (typeof of === "string" ? of : (of as { name: string }).name) };

test("cells are quoted where they have to be, and lines end as RFC 4180 says", () => {
  expect(csv([["a", 1.5, null], ['say "a,b"', "two\nlines", ""]])).toBe('a,1.5,\r\n"say ""a,b""","two\nlines",\r\n');
});

test("no cell of text begins a formula", () => {
  expect(csv([["=1+1", "+1", "-1", "@a", "a=1"]])).toBe("'=1+1,'+1,'-1,'@a,a=1\r\n");
  expect(csv([['=A1,"x"', -1]])).toBe(`"'=A1,""x""",-1\r\n`);
});

test("the chart is a line per step, gaps filled with nothing, by the reader's clock", () => {
  expect(chartCsv(reportFrom(ROWS, "user", span), "prompts", names).split("\r\n")).toEqual([
    "start,alice,'=HYPERLINK(1)",
    "2030-01-01T00:00:00+02:00,2,0",
    "2030-01-02T00:00:00+02:00,0,0",
    "2030-01-03T00:00:00+02:00,0,1",
    "",
  ]);
});

test("the table is a line per group, with unknown tokens left empty", () => {
  const [head, first, second, end] = tableCsv(reportFrom(ROWS, "user", span)).split("\r\n");
  expect(head).toBe("user,userId,prompts,finished,stopped,failed,promptTokens,replyTokens,estimatedTokens,estimatedPrompts,unknownTokens,seconds");
  expect(first).toBe("alice,u-alice,2,2,0,0,10,20,0,0,0,0");
  expect(second).toBe("'=HYPERLINK(1),u-=HYPERLINK(1),1,0,0,1,,,0,0,1,0");
  expect(end).toBe("");
});

test("all together the table is a line per step", () => {
  expect(tableCsv(reportFrom(ROWS, "total", span)).split("\r\n").map((line) => line.split(",").slice(0, 2))).toEqual([
    ["start", "prompts"],
    ["2030-01-01T00:00:00+02:00", "2"],
    ["2030-01-02T00:00:00+02:00", "0"],
    ["2030-01-03T00:00:00+02:00", "1"],
    [""],
  ]);
});

test("JSON says what was asked for, the totals, the steps, the groups and the chart, with null for what is unknown", () => {
  const json = JSON.parse(bothJson(reportFrom(ROWS, "user", span), "prompts", { model: "m" }, names)) as Record<string, unknown>;
  expect(json).toMatchObject({ from: "2030-01-01T00:00:00+02:00", to: "2030-01-04T00:00:00+02:00", step: "day", by: "user", filter: { model: "m" } });
  expect(json["total"]).toMatchObject({ prompts: 3, promptTokens: 10, unknownTokens: 1 });
  expect(json["groups"]).toMatchObject([{ name: "alice", id: "u-alice" }, { name: "=HYPERLINK(1)", promptTokens: null }]);
  expect(json["chart"]).toEqual([{ name: "alice", values: [2, 0, 0] }, { name: "=HYPERLINK(1)", values: [0, 0, 1] }]);
  expect(json["steps"]).toHaveLength(3);
});
