import type { UseStep } from "@/graphql/generated/graphql";

export const RANGES = ["today", "7d", "30d", "12m", "own"] as const;
export type Range = (typeof RANGES)[number];

/** Days as `2030-01-31`, both of them within. */
export interface OwnDays {
  first: string;
  last: string;
}

/** From when to when, and where its steps begin (milliseconds).  The clock is `ahead` whole hours ahead of UTC. */
export interface Span {
  from: string;
  to: string;
  step: UseStep;
  ahead: number;
  starts: readonly number[];
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Days that are shown as hours, and as days: more are months. */
const MOST_BY_HOUR = 2;
const MOST_BY_DAY = 92;
/** The server takes no more. */
const MOST_MONTHS = 600;

/**
 * How many whole hours the reader's clock is ahead of UTC at a moment.  The record counts by the hours of UTC, so a clock
 * that is half an hour off is taken for the full hour before.
 */
export function hoursAhead(moment: number): number {
  return Math.floor(-new Date(moment).getTimezoneOffset() / 60);
}

/** The span of a range as seen from a moment; null where its own days are none, or too many. */
export function spanOf(range: Range, days: OwnDays | null, now: number, ahead: number): Span | null {
  const shift = ahead * HOUR;
  const today = Math.floor((now + shift) / DAY) * DAY;
  if (range === "own") {
    const first = dayOf(days?.first ?? "");
    const last = dayOf(days?.last ?? "");
    return first === null || last === null || last < first ? null : steppedSpan(first, last + DAY, ahead);
  }
  if (range === "today") return steppedSpan(today, today + DAY, ahead);
  if (range === "7d") return steppedSpan(today - 6 * DAY, today + DAY, ahead);
  if (range === "30d") return steppedSpan(today - 29 * DAY, today + DAY, ahead);
  const date = new Date(today);
  return steppedSpan(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - 11, 1), today + DAY, ahead);
}

/** The days of a span, as one would choose them. */
export function daysOf({ from, to }: Pick<Span, "from" | "to">): OwnDays {
  const last = Date.parse(`${to.slice(0, 19)}Z`) - DAY;
  return { first: from.slice(0, 10), last: new Date(last).toISOString().slice(0, 10) };
}

/** Both times are of the reader's clock, written as if that were UTC. */
function steppedSpan(from: number, to: number, ahead: number): Span | null {
  const days = (to - from) / DAY;
  const step: UseStep = days <= MOST_BY_HOUR ? "HOUR" : days <= MOST_BY_DAY ? "DAY" : "MONTH";
  const starts: number[] = [];
  for (let start = firstOf(from, step); start < to; start = after(start, step)) {
    starts.push(start - ahead * HOUR);
    if (starts.length > MOST_MONTHS) return null;
  }
  return { from: written(from, ahead), to: written(to, ahead), step, ahead, starts };
}

function firstOf(time: number, step: UseStep): number {
  const date = new Date(time);
  return step === "MONTH" ? Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) : time;
}

function after(start: number, step: UseStep): number {
  if (step === "HOUR") return start + HOUR;
  if (step === "DAY") return start + DAY;
  const date = new Date(start);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}

export function isDay(written: string): boolean {
  return dayOf(written) !== null;
}

function dayOf(written: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(written) || written < "1970-02-01") return null;
  const time = Date.parse(`${written}T00:00:00Z`);
  return Number.isNaN(time) ? null : time;
}

function written(time: number, ahead: number): string {
  const offset = `${ahead < 0 ? "-" : "+"}${String(Math.abs(ahead)).padStart(2, "0")}:00`;
  return new Date(time).toISOString().slice(0, 19) + offset;
}
