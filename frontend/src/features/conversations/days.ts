import { type Listed, momentOf } from "./list_view";

export interface Day {
  label: string;
  items: Listed[];
}

interface Words {
  language: string;
  today: string;
  yesterday: string;
}

const DAY = 86_400_000;

/** Group conversations, newest first, by the reader's own calendar days. */
export function byDay(items: readonly Listed[], now: Date, words: Words): Day[] {
  const days: Day[] = [];
  let known = NaN;
  for (const item of items) {
    const date = new Date(momentOf(item));
    const midnight = midnightOf(date);
    const last = days.at(-1);
    if (last && midnight === known) {
      last.items.push(item);
      continue;
    }
    known = midnight;
    const label = dayLabel(date, now, words);
    // A clock that is ahead makes a day of its own, which is called today as well.
    if (last?.label === label) last.items.push(item);
    else days.push({ label, items: [item] });
  }
  return days;
}

/** The pinned ones in a group of their own, above the days of the others. */
export function grouped(items: readonly Listed[], now: Date, words: Words & { pinned: string }): Day[] {
  const pinned = items.filter((item) => item.pinned);
  if (pinned.length === 0) return byDay(items, now, words);
  return [{ label: words.pinned, items: pinned }, ...byDay(items.filter((item) => !item.pinned), now, words)];
}

/** The reader's own day of a moment, in the words of the list's headings. */
export function dayLabel(date: Date, now: Date, { language, today, yesterday }: Words): string {
  // Rounded, because a day on which clocks change has 23 or 25 hours.
  const ago = Math.round((midnightOf(now) - midnightOf(date)) / DAY);
  if (ago <= 0) return today;
  if (ago === 1) return yesterday;
  if (ago < 7) return new Intl.DateTimeFormat(language, { weekday: "long" }).format(date);
  const year = date.getFullYear() === now.getFullYear() ? {} : { year: "numeric" as const };
  return new Intl.DateTimeFormat(language, { day: "numeric", month: "long", ...year }).format(date);
}

function midnightOf(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
