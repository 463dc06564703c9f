import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { type Browser, type Page, test } from "@playwright/test";

import { type PageName, PAGES } from "../../frontend/src/pages";
import { CHAT } from "./screenshots/chat";
import { ACCESS_TOKEN, ADD_USER, OTHERS, SETTINGS } from "./screenshots/forms";
import { ACCOUNTS, USE, USERS } from "./screenshots/lists";
import { type Shot, urls } from "./screenshots/shots";
import { SIDEBAR } from "./screenshots/sidebar";
import { Stage } from "./screenshots/stage";
import { expect, needsChromium } from "./story";

needsChromium();

/** A folder of one's own gets everything, in both themes, to be looked at. */
const ASIDE = process.env["SCREENSHOTS"];
const INTO = ASIDE ?? new URL("../../docs/screenshots", import.meta.url).pathname;
/** Those alone whose names match. */
const ONLY = new RegExp(process.env["ONLY"] ?? "");

type Theme = "light" | "dark";

interface Place {
  viewport: { width: number; height: number };
  locale?: string;
  /** The themes of whole pages, and of their states. */
  whole: readonly Theme[];
  states: readonly Theme[];
  /** Those alone whose names begin so. */
  only?: RegExp;
}

const BOTH = ["light", "dark"] as const;
const DESK = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 720 };

/** Where it is looked at.  A state is seen at each width and in each theme once, a page in all four. */
const PLACES: Readonly<Record<string, Place>> = {
  desk: { viewport: DESK, whole: BOTH, states: ["light"] },
  phone: { viewport: PHONE, whole: BOTH, states: ["dark"] },
  wide: { viewport: { width: 2560, height: 1440 }, whole: ["light"], states: [], only: /^(chat-reply|accounts-list|users-panel|use-total|settings-wide)/ },
  german: { viewport: DESK, locale: "de-DE", whole: ["light"], states: [] },
  "german-phone": { viewport: PHONE, locale: "de-DE", whole: ["dark"], states: [] },
};

/** What is worth seeing of each page; a new page has to say. */
const SHOTS: Record<PageName, readonly Shot[]> = {
  chat: [...CHAT, ...SIDEBAR],
  accounts: ACCOUNTS,
  users: USERS,
  use: USE,
  settings: SETTINGS,
  accessToken: ACCESS_TOKEN,
  addUser: ADD_USER,
};

const ALL: readonly (readonly [page: string, address: string, shot: Shot])[] = [
  ...PAGES.flatMap(({ name, urls: addresses }) => SHOTS[name].map((shot) => [name, addresses(urls)[0] ?? urls.chat, shot] as const)),
  ...Object.entries(OTHERS).flatMap(([name, shots]) => shots.map((shot) => [name, urls.chat, shot] as const)),
];

/** What moves by itself would make each run another picture. */
async function take(page: Page, name: string, themes: readonly Theme[]): Promise<void> {
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.screenshot({ path: join(INTO, `${name}-${colorScheme}.png`), animations: "disabled", caret: "hide", scale: "css" });
  }
}

async function takeAll(browser: Browser, name: string, { viewport, locale, whole, states, only }: Place): Promise<string[]> {
  const stage = new Stage(browser, { viewport, ...(locale === undefined ? {} : { locale }) });
  const missed: string[] = [];
  for (const [of, address, shot] of ALL) {
    const themes = shot.whole ? whole : states;
    const reach = locale === undefined ? shot.reach : shot.abroad;
    const picture = [of, shot.name, name].filter(Boolean).join("-");
    const wanted = [ONLY, only].every((names) => names?.test(picture) ?? true);
    if (reach === undefined || themes.length === 0 || !wanted || (shot.alike && ASIDE === undefined)) continue;
    try {
      const page = await stage.page(shot.house ?? "main", shot.who ?? "admin");
      await shot.before?.(page, stage);
      await page.goto(shot.at ?? address);
      await reach(page, stage);
      if (shot.whole) await expect(page.getByRole("status").filter({ hasText: /^Loading|geladen$/ })).toHaveCount(0);
      await take(page, picture, ASIDE === undefined ? themes : BOTH);
      if (locale === undefined) await shot.leave?.(page, stage);
    } catch (error) {
      missed.push(`${picture}: ${String(error)}`);
    }
  }
  await stage.stop();
  return missed;
}

for (const [name, place] of Object.entries(PLACES)) {
  test(`what there is to see: ${name}`, async ({ browser }) => {
    test.setTimeout(600_000);
    await mkdir(INTO, { recursive: true });
    // One that is not reached keeps nobody from looking at the others.
    expect(await takeAll(browser, name, place)).toEqual([]);
  });
}
