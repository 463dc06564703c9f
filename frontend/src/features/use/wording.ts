import type { UseStep } from "@/graphql/generated/graphql";
import type { Messages } from "@/messages/messages";
import { duration } from "@/ui/durations";

import type { Group, Series } from "./report";
import type { Span } from "./span";
import type { Measure, Totals } from "./totals";
import type { Dimension } from "./view";

const HOUR = 3_600_000;

/** Numbers, times and spans of use in the reader's language. */
export class Wording {
  readonly #words: Messages["use"];
  readonly #language: string;

  constructor({ use, language }: Pick<Messages, "use" | "language">) {
    this.#words = use;
    this.#language = language;
  }

  number(value: number): string {
    return value.toLocaleString(this.#language);
  }

  /** As short as it fits beside a line of a chart. */
  brief(value: number): string {
    return value.toLocaleString(this.#language, { notation: "compact", maximumFractionDigits: 1 });
  }

  percent(value: number): string {
    return value.toLocaleString(this.#language, { style: "percent", maximumFractionDigits: value < 0.1 ? 1 : 0 });
  }

  seconds(value: number, unit?: number): string {
    return duration(value, this.#language, unit);
  }

  /** A value of the chart. */
  value(measure: Measure): (value: number) => string {
    return measure === "seconds" ? (value) => this.seconds(value) : (value) => this.number(value);
  }

  /** Beside the lines of a chart, whose scale has this unit. */
  briefValue(measure: Measure, unit: number): (value: number) => string {
    return measure === "seconds" ? (value) => this.seconds(value, unit) : (value) => this.brief(value);
  }

  /** Estimated ones are told as such. */
  tokens(tokens: number | null, { estimatedTokens }: Totals): string {
    if (tokens === null) return this.#words.unknown;
    return estimatedTokens > 0 && tokens > 0 ? `≈ ${this.number(tokens)}` : this.number(tokens);
  }

  /** Of how many prompts no tokens are known, where those of others are. */
  unknown({ prompts, unknownTokens }: Totals): string {
    return unknownTokens === 0 || unknownTokens === prompts ? "" : this.#words.andUnknown(this.number(unknownTokens));
  }

  groupName({ name }: Pick<Group, "name">, by: Dimension): string {
    if (name === null) return this.#words.nameless[by];
    return by === "account" && name === OWN_ACCOUNTS ? this.#words.ownAccounts : name;
  }

  seriesName({ of }: Series, by: Dimension): string {
    return typeof of === "string" ? this.#words.series[of] : this.groupName(of, by);
  }

  /** The beginning of a step as the axis has it, and in full. */
  step(start: number, { step, ahead }: Pick<Span, "step" | "ahead">): { short: string; long: string } {
    const here = start + ahead * HOUR;
    const said = (options: Intl.DateTimeFormatOptions) => new Date(here).toLocaleString(this.#language, { ...options, timeZone: "UTC" });
    return { short: said(SHORT[step]), long: said(LONG[step]) };
  }

  /** A span as its first and last day. */
  span({ from, to }: Pick<Span, "from" | "to">): string {
    const days = new Intl.DateTimeFormat(this.#language, { dateStyle: "medium", timeZone: "UTC" });
    const here = (written: string) => Date.parse(`${written.slice(0, 19)}Z`);
    return days.formatRange(here(from), here(to) - 1);
  }

  zone({ ahead }: Pick<Span, "ahead">): string {
    return ahead === 0 ? "UTC" : `UTC${ahead < 0 ? "−" : "+"}${Math.abs(ahead)}`;
  }
}

/** How the server calls the accounts that callers bring. */
const OWN_ACCOUNTS = "own";

const SHORT: Record<UseStep, Intl.DateTimeFormatOptions> = {
  HOUR: { hour: "numeric", minute: "2-digit" },
  DAY: { day: "numeric", month: "short" },
  MONTH: { month: "short" },
};
const LONG: Record<UseStep, Intl.DateTimeFormatOptions> = {
  HOUR: { day: "numeric", month: "short", hour: "numeric", minute: "2-digit" },
  DAY: { weekday: "short", day: "numeric", month: "short", year: "numeric" },
  MONTH: { month: "long", year: "numeric" },
};
