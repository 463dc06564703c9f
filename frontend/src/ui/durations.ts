const MINUTE = 60;
const HOUR = 60 * MINUTE;
const SIGNS = new Map([
  [1, "s"],
  [MINUTE, "min"],
  [HOUR, "h"],
]);

/** Seconds of the unit in which a time reads best. */
export function unitOf(seconds: number): number {
  return seconds >= 2 * HOUR ? HOUR : seconds >= 2 * MINUTE ? MINUTE : 1;
}

/** How long something took, in one unit whose sign every language has. */
export function duration(seconds: number, language: string, unit = unitOf(seconds)): string {
  const amount = seconds / unit;
  return `${amount.toLocaleString(language, { maximumFractionDigits: amount < 10 ? 1 : 0 })} ${SIGNS.get(unit) ?? ""}`;
}
