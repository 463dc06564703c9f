import type { Page } from "@playwright/test";

import { PAGES, type PageName } from "../../frontend/src/pages";
import { settingsFrom } from "../../frontend/src/settings";
import { urlsFrom } from "../../frontend/src/urls";
import { documentOf } from "./documents";
import { ask, conversations, expect, needsChromium, prompt, replyIsComplete, test } from "./story";

needsChromium();

const urls = urlsFrom(settingsFrom(null));
const DOORS = /\/graphql(\/stream)?$/;
const again = (page: Page) => page.getByRole("button", { name: "Try again" });
const named = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });

interface Story {
  /** What the page asks for first, as its document begins; null where it asks for nothing. */
  asks: string | null;
  /** What it says where that fails. */
  failed: string | RegExp;
  /** That it is there and of use. */
  main: (page: Page, phone: boolean) => Promise<void>;
}

/** What a form sends does not arrive, and it says so. */
async function sentInVain(page: Page, mutation: string, button: string): Promise<void> {
  await failing(page, mutation);
  await page.getByRole("button", { name: button }).click();
  await expect(page.getByRole("alert").filter({ hasText: "The server did not answer." })).toBeVisible();
  await page.unroute(DOORS);
}

const failing = (page: Page, document: string) =>
  page.route(DOORS, (route) => (documentOf(route.request()).includes(document) ? route.abort() : route.continue()));

const STORIES: Record<PageName, Story> = {
  chat: {
    asks: "query Conversations(",
    failed: "The conversations could not be loaded.",
    main: async (page, phone) => {
      await page.keyboard.press("Escape");
      await ask(page, "What floats?");
      await replyIsComplete(page, 1);
      if (phone) await page.getByRole("button", { name: "Show conversations" }).click();
      await expect(conversations(page)).toContainText("What floats?");
      if (phone) return;
      await page.getByRole("button", { name: "Hide conversations" }).click();
      await expect(conversations(page)).toHaveCount(0);
      await expect(page.getByRole("button", { name: "Show conversations" })).toBeFocused();
      await page.keyboard.press("Enter");
      await expect(conversations(page)).toBeVisible();
    },
  },
  accounts: {
    asks: "subscription AccountStates",
    failed: "The accounts could not be loaded",
    main: async (page) => {
      await page.getByRole("link", { name: "rehearsal", exact: true }).click();
      await expect(page.getByRole("button", { name: "Disable" })).toBeVisible();
    },
  },
  users: {
    asks: "query Users(",
    failed: "The users could not be loaded",
    main: async (page, phone) => {
      if (!phone) await expect(page.getByRole("columnheader", { name: "Prompts, 30 days" })).toBeVisible();
      await page.getByRole("link", { name: /^admin/ }).first().click();
      await expect(page.getByRole("heading", { name: "Use in the last 30 days" })).toBeVisible();
    },
  },
  use: {
    asks: "query Use(",
    failed: "The use could not be loaded",
    main: async (page, phone) => {
      await page.getByRole("radio", { name: /^Writing time/ }).check();
      const chart = page.getByRole("group", { name: /Writing time/ });
      await expect(chart).toBeVisible();
      if (phone) expect((await chart.boundingBox())?.y).toBeLessThan(600);
    },
  },
  settings: {
    asks: "query Access(",
    failed: "The keys and the use could not be loaded",
    main: async (page) => {
      await page.getByRole("radio", { name: "Dark" }).check();
      await expect(page.locator("html")).toHaveCSS("color-scheme", "dark");
      await page.getByRole("radio", { name: "As the device" }).check();
    },
  },
  accessToken: {
    asks: null,
    failed: "",
    main: async (page, phone) => {
      if (!phone) await expect(page.getByRole("link", { name: "Settings", exact: true })).toHaveAttribute("aria-current", "true");
      await named(page, "E-mail").fill("ada@example.org");
      await page.getByLabel("Password", { exact: true }).fill("secret");
      await sentInVain(page, "mutation RetrieveAccessToken(", "Get the access token");
      await page.getByRole("link", { name: "My keys and settings" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("My access and settings");
    },
  },
  addUser: {
    asks: null,
    failed: "",
    main: async (page, phone) => {
      if (!phone) await expect(page.getByRole("link", { name: "Users", exact: true })).toHaveAttribute("aria-current", "true");
      await named(page, "Name").fill(`made at ${phone ? "a phone" : "a desk"}`);
      await sentInVain(page, "mutation IssueKey(", "Make the key");
      await page.getByRole("button", { name: "Make the key" }).click();
      await expect(page.getByRole("heading", { name: /^A key for made at/ })).toBeVisible();
    },
  },
};

for (const [place, width] of [["on a phone", 360], ["at a desk", 1280]] as const) {
  test.describe(place, () => {
    test.use({ viewport: { width, height: 740 } });

    test("each page says what failed, is there when it is tried again, and does what it is for", async ({ admin: page }) => {
      const phone = width === 360;
      for (const entry of PAGES) {
        const { asks, failed, main } = STORIES[entry.name];
        await test.step(entry.name, async () => {
          // On a phone the conversations are in a drawer, which their own address opens.
          const address = entry.name === "chat" ? urls.recall : (entry.urls(urls)[0] ?? "");
          if (asks !== null) await failing(page, asks);
          await page.goto(address);
          if (asks !== null) {
            await expect(page.getByText(failed)).toBeVisible({ timeout: 20_000 });
            await page.unroute(DOORS);
            // What follows the server live may have come back by itself.
            await expect(async () => {
              if (await again(page).first().isVisible()) await again(page).first().click({ timeout: 2_000 });
              await expect(page.getByText(failed)).toHaveCount(0, { timeout: 2_000 });
            }).toPass({ timeout: 20_000 });
          }
          await main(page, phone);
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
        });
      }
    });

    test("signing in, the first steps and a token of one's own", async ({ page, server }) => {
      const key = await server.key(`first ${place}`, "admin");
      await page.goto("/sign-in");
      await expect(page.getByText("Ask whoever runs this server.")).toBeVisible();
      await page.route("**/session", (route) => route.abort());
      await page.getByLabel("Key", { exact: true }).fill(key);
      await page.getByRole("button", { name: "Sign in" }).click();
      await expect(page.getByLabel("Key", { exact: true })).toHaveAccessibleDescription(/answer|reach/);
      await page.unroute("**/session");
      await page.getByRole("button", { name: "Sign in" }).click();
      await expect(prompt(page)).toBeVisible();
      const steps = page.getByRole("region", { name: "First steps" });
      await expect(steps.getByRole("link", { name: "Add an account" })).toBeInViewport();

      await page.getByRole("button", { name: /^Accounts: / }).click();
      await page.getByRole("menuitemradio", { name: /My own token/ }).click();
      await ask(page, "Hello");
      await expect(page.getByText("Enter the access token first.")).toBeVisible();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    });
  });
}

test("the conversations go on below as one scrolls", async ({ alice: page, server }) => {
  const key = await server.key(`reader ${Date.now()}`);
  const message = (role: string, text: string) => ({ id: `m-${role}`, author: { role }, create_time: 1_700_000_000, content: { content_type: "text", parts: [text] } });
  const talk = (n: number) => ({
    id: `c0000000-2222-4333-8444-${String(n).padStart(12, "0")}`,
    title: `Tide ${n}`,
    create_time: 1_700_000_000 + n,
    update_time: 1_700_000_000 + n,
    current_node: "reply",
    mapping: {
      root: { id: "root", parent: null, children: ["ask"], message: null },
      ask: { id: "ask", parent: "root", children: ["reply"], message: message("user", "Why?") },
      reply: { id: "reply", parent: "ask", children: [], message: message("assistant", "The moon.") },
    },
  });
  const sent = await page.request.post("/imports", { headers: { authorization: `Bearer ${key}` }, data: Array.from({ length: 90 }, (_, n) => talk(n)) });
  expect(sent.ok()).toBe(true);
  await page.request.post("/session", { data: { key } });
  await page.goto("/chat");
  const rows = conversations(page).getByRole("listitem");
  await expect(rows.filter({ hasText: /^Tide 89$/ })).toBeVisible();
  expect(await rows.count()).toBeLessThan(90);
  for (const last of [50, 10, 0]) {
    await rows.last().scrollIntoViewIfNeeded();
    await expect(rows.filter({ hasText: new RegExp(`^Tide ${last}$`) })).toHaveCount(1);
  }
  await expect(rows).toHaveCount(90);
});

test("a stranger finds no page behind any address", async ({ page }) => {
  for (const entry of PAGES) {
    await page.goto(entry.urls(urls)[0] ?? "");
    await expect(page).toHaveURL(/\/sign-in$/);
  }
});
