import { type Report, type Series, seriesOf } from "./report";
import { type Measure, type Totals } from "./totals";
import type { UseFilter } from "./view";

/** A name by which a person knows a column, a group or a series. */
interface Names {
  series: (series: Series) => string;
}

const FIELDS = [
  "prompts",
  "finished",
  "stopped",
  "failed",
  "promptTokens",
  "replyTokens",
  "estimatedTokens",
  "estimatedPrompts",
  "unknownTokens",
  "seconds",
] as const satisfies readonly (keyof Totals)[];

type Cell = string | number | null;

/** The chart: a line per step, a column per series.  Times as the reader's clock has them, with its offset. */
export function chartCsv(report: Report, measure: Measure, names: Names): string {
  const series = seriesOf(report, measure);
  const lines = report.span.starts.map((start, at): Cell[] => [timeOf(start, report), ...series.map(({ values }) => values[at] ?? 0)]);
  return csv([["start", ...series.map(names.series)], ...lines]);
}

/** The table: a line per group, or per step where nothing is grouped.  What is not known stays empty. */
export function tableCsv(report: Report): string {
  const { by } = report;
  const figures = (totals: Totals): Cell[] => FIELDS.map((field) => totals[field]);
  if (by === "total") {
    return csv([["start", ...FIELDS], ...report.steps.map((step, at) => [timeOf(report.span.starts[at] ?? 0, report), ...figures(step)])]);
  }
  const withId = by === "user" || by === "client";
  const head = withId ? [by, `${by}Id`] : [by];
  return csv([[...head, ...FIELDS], ...report.groups.map(({ name, value, total }) => [name, ...(withId ? [value] : []), ...figures(total)])]);
}

/** Both, with what was asked for. */
export function bothJson(report: Report, measure: Measure, filter: UseFilter, names: Names): string {
  const { span, by, total, groups, steps } = report;
  const only = (totals: Totals) => Object.fromEntries(FIELDS.map((field) => [field, totals[field]]));
  const starts = span.starts.map((start) => timeOf(start, report));
  const shown = {
    from: span.from,
    to: span.to,
    step: span.step.toLowerCase(),
    by,
    filter,
    measure,
    total: only(total),
    steps: steps.map((step, at) => ({ start: starts[at], ...only(step) })),
    groups: groups.map(({ name, value, total: all }) => ({ name, id: value, ...only(all) })),
    chart: seriesOf(report, measure).map((series) => ({ name: names.series(series), values: series.values })),
  };
  return `${JSON.stringify(shown, null, 2)}\n`;
}

function timeOf(start: number, { span: { ahead } }: Report): string {
  const offset = `${ahead < 0 ? "-" : "+"}${String(Math.abs(ahead)).padStart(2, "0")}:00`;
  return new Date(start + ahead * 3_600_000).toISOString().slice(0, 19) + offset;
}

/** As RFC 4180 has it. */
export function csv(lines: readonly (readonly Cell[])[]): string {
  return lines.map((line) => `${line.map(cell).join(",")}\r\n`).join("");
}

/** A name that a spreadsheet would take for a formula gets an apostrophe in front. */
function cell(value: Cell): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
