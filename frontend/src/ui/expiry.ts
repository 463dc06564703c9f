/** When something expires: never, in so many days, or at a time of one's choice. */
export type ExpiryChoice = "never" | "7" | "30" | "90" | "365" | "date";

export interface Expiry {
  choice: ExpiryChoice;
  /** Of the choice `date`: what a `datetime-local` field holds. */
  date: string;
}

export const EXPIRY_CHOICES: readonly ExpiryChoice[] = ["never", "7", "30", "90", "365", "date"];
export const NEVER: Expiry = { choice: "never", date: "" };
const DAY = 86_400_000;

/** The moment as an ISO string, null for never, undefined where the date is none or lies behind `now` in milliseconds. */
export function momentOf({ choice, date }: Expiry, now: number): string | null | undefined {
  if (choice === "never") return null;
  const moment = choice === "date" ? new Date(date).getTime() : now + Number(choice) * DAY;
  return moment > now ? new Date(moment).toISOString() : undefined;
}
