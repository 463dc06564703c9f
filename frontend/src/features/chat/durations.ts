import type { Messages } from "@/messages/en";

import type { Turn } from "./live_reply";

/** Seconds.  Below it is no time that a reader would tell from none. */
const SHORTEST = 0.1;

/** How long the reply took from the prompt to its end, null while it is written. */
export function timeTaken({ createdAt, endedAt }: Pick<Turn, "createdAt" | "endedAt">, words: Messages): string | null {
  if (endedAt === null) return null;
  const seconds = Math.max(0, Date.parse(endedAt) - Date.parse(createdAt)) / 1000;
  if (seconds >= 60) return words.chat.minutes(Math.floor(seconds / 60), Math.floor(seconds % 60));
  const digits = seconds < 10 ? 1 : 0;
  const format = new Intl.NumberFormat(words.language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return words.chat.seconds(seconds < SHORTEST ? `< ${format.format(SHORTEST)}` : format.format(seconds));
}
