const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

/** A moment as seen from another, such as “in 12 minutes” or “3 hours ago”.  Times are in milliseconds. */
export function relativeTime(moment: number, now: number, language: string): string {
  const seconds = Math.round((moment - now) / 1000);
  const words = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  for (const [unit, size] of UNITS) {
    if (Math.abs(seconds) >= size) return words.format(Math.round(seconds / size), unit);
  }
  return words.format(seconds, "second");
}

export function exactTime(moment: number, language: string): string {
  return new Date(moment).toLocaleString(language, { dateStyle: "medium", timeStyle: "medium" });
}

/** What a `datetime-local` field takes: the reader's own clock, to the minute. */
export function fieldTime(moment: number): string {
  const local = new Date(moment - new Date(moment).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
