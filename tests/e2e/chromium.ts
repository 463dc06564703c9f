import { existsSync } from "node:fs";

const asked = process.env["CHROMIUM"];
/** Debian's shell without a window is Chromium with less around the page, at a fifth less of the processor. */
const PLACES = asked
  ? [asked]
  : ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The browser that the stories are told in, null where the machine has none. */
export const chromium: string | null = PLACES.find((place) => existsSync(place)) ?? null;

export const MISSING = "Chromium is missing: apt-get install chromium";
