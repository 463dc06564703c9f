import { expect, type Page, test as base } from "@playwright/test";
import axe from "axe-core";

import { chromium, MISSING } from "./chromium";
import { Server } from "./server";

interface Cast {
  /** Fails where the page asks another host, or breaks its own Content-Security-Policy. */
  staysHome: undefined;
  /** Signed in as a user of its own. */
  alice: Page;
  /** Signed in as an admin of its own. */
  admin: Page;
  /** The same on a server of this story's own, for what tires its only account. */
  ownServer: Page;
  /** The same with two accounts. */
  ownPair: Page;
}

interface House {
  /** Stories whose `house` has another name get another server: for a file that changes what the server is. */
  house: string;
  server: Server;
}

/** The stories' test: one server for all of a house, a user of its own per story. */
export const test = base.extend<Cast, House>({
  house: ["shared", { option: true, scope: "worker" }],
  server: [
    async ({ house }, play) => {
      const server = await Server.start(["rehearsal"], house);
      await play(server);
      await server.stop();
    },
    { scope: "worker" },
  ],
  baseURL: async ({ server }, play) => play(server.url),
  staysHome: [
    async ({ context }, play) => {
      const strangers: string[] = [];
      const broken: string[] = [];
      context.on("request", (request) => {
        const { protocol, hostname } = new URL(request.url());
        if (protocol !== "data:" && hostname !== "127.0.0.1") strangers.push(request.url());
      });
      context.on("console", (message) => {
        if (/Content.Security.Policy/i.test(message.text())) broken.push(message.text());
      });
      context.on("weberror", (error) => broken.push(String(error.error())));
      await play(undefined);
      expect(strangers).toEqual([]);
      expect(broken).toEqual([]);
    },
    { auto: true },
  ],
  alice: async ({ page, server }, play, info) => {
    await signIn(page, await server.key(`alice ${info.testId}`));
    await play(page);
  },
  admin: async ({ page, server }, play, info) => {
    await signIn(page, await server.key(`admin ${info.testId}`, "admin"));
    await play(page);
  },
  ownServer: async ({ page }, play) => {
    await alone(page, ["rehearsal"], play);
  },
  ownPair: async ({ page }, play) => {
    await alone(page, ["first", "second"], play);
  },
});

export { expect };

/** With a server of its own, as its first admin. */
async function alone(page: Page, accounts: readonly string[], play: (page: Page) => Promise<void>): Promise<void> {
  const server = await Server.start(accounts);
  await page.goto(server.link);
  await expect(prompt(page)).toBeVisible();
  await play(page);
  await server.stop();
}

/** Called at the top of each file. */
export function needsChromium(): void {
  test.skip(chromium === null, MISSING);
}

/** The stories are told at a desk and on a phone. */
export function atEachWidth(tell: (width: number) => void): void {
  for (const [place, width] of [["on a phone", 360], ["at a desk", 1280]] as const) {
    test.describe(place, () => {
      test.use({ viewport: { width, height: 740 } });
      tell(width);
    });
  }
}

/** Nothing is wider than the screen. */
export async function fits(page: Page): Promise<void> {
  const { scroll, screen } = await page.evaluate(() => ({ scroll: document.documentElement.scrollWidth, screen: window.innerWidth }));
  expect(scroll).toBeLessThanOrEqual(screen);
}

/** By a request: the form has stories of its own. */
export async function signIn(page: Page, key: string): Promise<void> {
  expect((await page.request.post("/session", { data: { key } })).ok()).toBe(true);
  await page.goto("/chat");
  await expect(prompt(page)).toBeVisible();
}

export const prompt = (page: Page) => page.getByRole("textbox", { name: "Prompt" });
export const transcript = (page: Page) => page.getByRole("region", { name: "Transcript" });
export const replies = (page: Page) => transcript(page).getByRole("article");
export const conversations = (page: Page) => page.getByRole("navigation", { name: "Conversations" });
export const stopButton = (page: Page) => page.getByRole("button", { name: "Stop the reply" });

export async function ask(page: Page, text: string): Promise<void> {
  await prompt(page).fill(text);
  await prompt(page).press("Enter");
}

/** The whole reply is there: it can be copied. */
export async function replyIsComplete(page: Page, count: number): Promise<void> {
  await expect(transcript(page).getByRole("button", { name: "Copy reply" })).toHaveCount(count, { timeout: 40_000 });
  await expect(stopButton(page)).toHaveCount(0);
}

/** By axe, in both themes, once the page is there; of the dark one only its colours can be otherwise. */
export async function isAccessible(page: Page): Promise<void> {
  for (const [colorScheme, rules] of [["light", null], ["dark", ["color-contrast"]]] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    // What is still being loaded has no heading yet.
    await expect(async () => expect((await violations(page, rules)).map((each) => `${colorScheme}: ${each}`)).toEqual([])).toPass({
      timeout: 10_000,
      intervals: [300],
    });
  }
}

/** Axe is brought into a page once: to read it anew for each look takes longer than the look. */
async function violations(page: Page, rules: readonly string[] | null): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  return page.evaluate(async (only) => {
    const { run } = (window as unknown as { axe: typeof axe }).axe;
    const found = await run(document, { resultTypes: ["violations"], ...(only === null ? {} : { runOnly: [...only] }) });
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  }, rules);
}
