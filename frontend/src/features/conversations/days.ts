import type { Listed } from "./conversation_list";

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
  for (const item of items) {
    const label = dayLabel(new Date(item.updatedAt), now, words);
    const last = days.at(-1);
    if (last?.label === label) last.items.push(item);
    else days.push({ label, items: [item] });
  }
  return days;
}

function dayLabel(date: Date, now: Date, { language, today, yesterday }: Words): string {
  // Rounded, because a day on which clocks change has 23 or 25 hours.
  const ago = Math.round((midnight(now) - midnight(date)) / DAY);
  if (ago <= 0) return today;
  if (ago === 1) return yesterday;
  if (ago < 7) return new Intl.DateTimeFormat(language, { weekday: "long" }).format(date);
  const year = date.getFullYear() === now.getFullYear() ? {} : { year: "numeric" as const };
  return new Intl.DateTimeFormat(language, { day: "numeric", month: "long", ...year }).format(date);
}

function midnight(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
