import { unitOf } from "@/ui/durations";

import type { Span } from "./span";
import { heightOf, type Measure, NOTHING, restOf, sumOf, type Totals, type UseRow } from "./totals";
import type { ColumnName, Dimension, Grouping, Sort } from "./view";

/** One user, client, account or model.  `name` is null for what has none: no client, no account, no known model. */
export interface Group {
  /** Its id, or its name where that is the id; null where one cannot ask for it alone. */
  value: string | null;
  name: string | null;
  total: Totals;
  /** By step of the span; empty where they are not known. */
  steps: readonly Totals[];
}

export interface Report {
  by: Grouping;
  span: Span;
  total: Totals;
  /** By step of the span; where nothing was used stands nothing. */
  steps: readonly Totals[];
  /** The most prompts first. */
  groups: readonly Group[];
}

/** One colour of the chart.  `of` is a group, all other groups, or a part of the whole. */
export interface Series {
  of: Group | "others" | "finished" | "stopped" | "failed" | "promptTokens" | "replyTokens" | "whole";
  values: readonly number[];
}

/** More colours are hard to tell apart. */
export const MOST_SERIES = 8;

/** From rows by time and group. */
export function reportFrom(rows: readonly UseRow[], by: Grouping, span: Span): Report {
  const steps = stepped(rows, span);
  const found = new Map<string | null, UseRow[]>();
  if (by !== "total") {
    for (const row of rows) {
      const { value } = groupOf(row, by);
      const same = found.get(value);
      if (same) same.push(row);
      else found.set(value, [row]);
    }
  }
  const groups = [...found.values()].map((own) => {
    const [first] = own;
    const named = first === undefined || by === "total" ? { value: null, name: null } : groupOf(first, by);
    return { ...named, total: sumOf(own), steps: stepped(own, span) };
  });
  return { by, span, total: sumOf(steps), steps, groups: groups.sort((a, b) => b.total.prompts - a.total.prompts) };
}

/** From rows by group alone, rows by time alone, and the rows by time of those groups that were asked for one by one. */
export function reportOfMany(
  byGroup: readonly UseRow[],
  byTime: readonly UseRow[],
  single: ReadonlyMap<string, readonly UseRow[]>,
  by: Dimension,
  span: Span,
): Report {
  const steps = stepped(byTime, span);
  const groups = byGroup.map((row) => {
    const named = groupOf(row, by);
    const own = named.value === null ? undefined : single.get(named.value);
    return { ...named, total: row, steps: own === undefined ? [] : stepped(own, span) };
  });
  return { by, span, total: sumOf(steps), steps, groups: groups.sort((a, b) => b.total.prompts - a.total.prompts) };
}

/** Those groups that have a series of their own: as many as there are colours, with one for the others if there are. */
export function leading(groups: readonly Group[], measure: Measure): Group[] {
  const most = groups.length > MOST_SERIES ? MOST_SERIES - 1 : MOST_SERIES;
  return [...groups].sort((a, b) => heightOf(b.total, measure) - heightOf(a.total, measure)).slice(0, most);
}

/** What the chart stacks: groups, or what the whole is made of. */
export function seriesOf({ by, steps, groups }: Report, measure: Measure): Series[] {
  if (by === "total") {
    if (measure === "prompts") return parts(steps, ["finished", "stopped", "failed"]);
    if (measure === "tokens") return parts(steps, ["promptTokens", "replyTokens"]);
    if (measure === "seconds") return [{ of: "whole", values: steps.map(({ seconds }) => seconds) }];
    return parts(steps, [measure]);
  }
  const named = leading(groups, measure).filter((group) => group.steps.length > 0);
  const all: Series[] = named.map((of) => ({ of, values: of.steps.map((each) => heightOf(each, measure)) }));
  if (named.length === groups.length) return all;
  const others = steps.map((step, at) => restOf(step, named.map((group) => group.steps[at] ?? NOTHING)));
  return [...all, { of: "others", values: others.map((each) => Math.max(0, heightOf(each, measure))) }];
}

/** Prompts and tokens are whole; times are told in the unit that fits the longest of them. */
export function scaleOf(measure: Measure, series: readonly (readonly number[])[]): { unit: number; whole: boolean } {
  if (measure !== "seconds") return { unit: 1, whole: true };
  const longest = Math.max(0, ...(series[0] ?? []).map((_, at) => series.reduce((sum, values) => sum + (values[at] ?? 0), 0)));
  return { unit: unitOf(longest), whole: false };
}

type Part = "finished" | "stopped" | "failed" | "promptTokens" | "replyTokens";
const parts = (steps: readonly Totals[], names: readonly Part[]): Series[] =>
  names.map((of) => ({ of, values: steps.map((step) => step[of] ?? 0) }));

/** Groups as a table has them; those without a name come last by name. */
export function sorted(groups: readonly Group[], sort: Sort | null, language: string): readonly Group[] {
  if (sort === null) return groups;
  const { compare } = new Intl.Collator(language, { numeric: true });
  const sign = sort.descending ? -1 : 1;
  return [...groups].sort((a, b) => {
    if (sort.column !== "name") return sign * (figureOf(a.total, sort.column) - figureOf(b.total, sort.column));
    if (a.name === null || b.name === null) return Number(a.name === null) - Number(b.name === null);
    return sign * compare(a.name, b.name);
  });
}

/** What is not known comes before nothing. */
export function figureOf(totals: Totals, column: Exclude<ColumnName, "name">): number {
  return totals[column] ?? -1;
}

export function groupOf(row: UseRow, by: Dimension): { value: string | null; name: string | null } {
  if (by === "account" || by === "model") return { value: row[by], name: row[by] };
  const person = row[by];
  return { value: person?.id ?? null, name: person?.name ?? null };
}

/** What was used in each step of a span. */
function stepped(rows: readonly UseRow[], { starts }: Span): Totals[] {
  const found = new Map<number, Totals[]>();
  for (const row of rows) {
    const start = Date.parse(row.start ?? "");
    const same = found.get(start);
    if (same) same.push(row);
    else found.set(start, [row]);
  }
  return starts.map((start) => sumOf(found.get(start) ?? []));
}
