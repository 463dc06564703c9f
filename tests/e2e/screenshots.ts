import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import type { Page } from "@playwright/test";

import { type PageName, PAGES } from "../../frontend/src/pages";
import { settingsFrom } from "../../frontend/src/settings";
import { urlsFrom } from "../../frontend/src/urls";
import type { Server, WrittenUse } from "./server";
import { ask, expect, needsChromium, prompt, replyIsComplete, signIn, test } from "./story";

needsChromium();
test.use({ house: "screenshots" });

const INTO = process.env["SCREENSHOTS"] ?? new URL("../../docs/screenshots", import.meta.url).pathname;
const WIDTHS = { desk: { width: 1280, height: 800 }, phone: { width: 360, height: 720 } };

interface State {
  name: string;
  /** From the page as it opens to what is to be seen. */
  reach: (page: Page) => Promise<void>;
}

const opened: State = { name: "", reach: async (page) => expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible() };

/** On a phone the sidebar is a drawer. */
async function withSidebar(page: Page): Promise<void> {
  await expect(prompt(page)).toBeVisible();
  if (page.viewportSize()?.width === WIDTHS.phone.width) await page.getByRole("button", { name: "Show conversations" }).click();
}

/** What is worth seeing of each page; a new page has to say. */
const STATES: Record<PageName, readonly State[]> = {
  chat: [
    { name: "new", reach: (page) => expect(page.getByRole("region", { name: "First steps" })).toBeVisible() },
    {
      name: "reply",
      reach: async (page) => {
        await page.goto(replied);
        await replyIsComplete(page, 1);
        await expect(page.locator("pre [class*=hljs]").first()).toBeVisible();
      },
    },
    {
      name: "why",
      reach: async (page) => {
        await page.goto(replied);
        await page.getByRole("button", { name: "Why this account?" }).click();
        await expect(page.getByRole("button", { name: /receipt/i }).first()).toBeVisible();
      },
    },
    {
      name: "search",
      reach: async (page) => {
        const field = page.getByRole("textbox", { name: "Search titles and texts" });
        await withSidebar(page);
        await field.fill("account");
        await expect(page.getByRole("region", { name: "Found" }).getByRole("link").first()).toBeVisible();
      },
    },
    {
      name: "menu",
      reach: async (page) => {
        const menu = page.getByRole("button", { name: /^What to do with/ }).first();
        await withSidebar(page);
        await menu.press("Enter");
        await expect(page.getByRole("menu")).toBeVisible();
      },
    },
    {
      name: "palette",
      reach: async (page) => {
        await expect(prompt(page)).toBeVisible();
        await page.keyboard.press("Control+K");
        await expect(page.getByRole("dialog")).toBeVisible();
      },
    },
    {
      // The last one of the chat: the others have one conversation.
      name: "sentAlong",
      reach: async (page) => {
        const headers = { Authorization: `Bearer ${key}` };
        const answer = await page.request.post("/v1/chat/completions", { headers, data: { messages: HISTORY } });
        await page.goto(urls.conversation(answer.headers()["x-conversation-id"] ?? ""));
        await replyIsComplete(page, 1);
        await page.getByRole("button", { name: /^Sent along/ }).click();
        await expect(page.getByRole("list", { name: "Messages that were sent along" })).toContainText("ebb");
      },
    },
  ],
  accounts: [
    { name: "list", reach: (page) => expect(page.getByRole("link", { name: "rehearsal", exact: true })).toBeVisible() },
    {
      name: "panel",
      reach: async (page) => {
        await page.getByRole("link", { name: "rehearsal", exact: true }).click();
        await expect(page.getByRole("heading", { name: "rehearsal" })).toBeVisible();
        await expect(page.getByRole("slider")).toBeVisible();
      },
    },
    {
      name: "form",
      reach: async (page) => {
        await page.getByRole("link", { name: "Add account" }).click();
        await expect(page.getByRole("heading", { name: "Add account" })).toBeVisible();
      },
    },
  ],
  users: [
    { name: "list", reach: (page) => expect(page.getByRole("link", { name: /^Ada/ }).first()).toBeVisible() },
    {
      name: "panel",
      reach: async (page) => {
        await page.getByRole("link", { name: /^Ada/ }).first().click();
        await expect(page.getByRole("list", { name: "My keys" })).toBeVisible();
      },
    },
  ],
  use: [
    { name: "total", reach: (page) => expect(page.getByRole("slider")).toBeVisible() },
    {
      name: "users",
      reach: async (page) => {
        await page.getByRole("combobox", { name: "Grouped by" }).selectOption("By user");
        await expect(page.getByRole("list", { name: "What the colours stand for" })).toContainText("Others");
      },
    },
    {
      name: "figures",
      reach: async (page) => {
        await page.getByRole("combobox", { name: "Grouped by" }).selectOption("By model");
        await page.getByRole("radio", { name: "Tokens" }).check();
        await page.getByRole("slider").focus();
        await page.keyboard.press("ArrowLeft");
        await expect(page.getByRole("list", { name: "What the colours stand for" })).toBeVisible();
      },
    },
    {
      name: "empty",
      reach: async (page) => {
        await page.goto(urls.useOf({ model: "none-such" }));
        await expect(page.getByRole("heading", { level: 2 })).toBeVisible();
      },
    },
  ],
  settings: [{ name: "", reach: (page) => expect(page.getByRole("list", { name: "My keys" })).toBeVisible() }],
  accessToken: [opened],
  addUser: [{ name: "", reach: (page) => expect(page.getByRole("textbox", { name: "Name", exact: true })).toBeVisible() }],
};

const urls = urlsFrom(settingsFrom(null));
let replied = urls.chat;
let key = "";

/** As a program tells it: with what was said before. */
const HISTORY = [
  { role: "system", content: "You explain the sea to school classes. Be brief." },
  { role: "user", content: "What are tides?" },
  { role: "assistant", content: "The sea **rises** and falls twice a day:\n\n- flood: it comes in\n- ebb: it goes out" },
  { role: "user", content: "How do I add a real account?" },
];

/** Some weeks of a house with more users than there are colours. */
async function writeUse(server: Server): Promise<void> {
  const names = ["Alice", "Bob", "Carol Brown", "Dave", "Erin", "Frank", "Grace", "Heidi", "Ivan"];
  for (const name of names) await server.key(name);
  const hours = Array.from({ length: 260 }, (_, n): WrittenUse => {
    const prompts = 1 + ((n * 7) % 9);
    const failed = n % 11 === 0 ? 1 : 0;
    const known = n % 4 === 0 ? { unknown: prompts } : { reported_prompt_tokens: prompts * 310, reported_reply_tokens: prompts * 870 };
    return {
      user: names[(n * 5) % names.length] ?? "Alice",
      ago: 3 * n,
      account: "rehearsal",
      model: ["gpt-5", "gpt-5-mini", ""][n % 3] ?? "",
      prompts,
      finished: prompts - failed,
      failed,
      milliseconds: prompts * 6400,
      ...known,
    };
  });
  await server.writeUse(hours);
}

/** What moves by itself would make each run another picture. */
async function take(page: Page, name: string): Promise<void> {
  for (const theme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await page.screenshot({ path: join(INTO, `${name}-${theme}.png`), animations: "disabled", caret: "hide", scale: "css" });
  }
}

test("every page, in both themes, at a desk and on a phone", async ({ page, server }) => {
  test.setTimeout(300_000);
  await mkdir(INTO, { recursive: true });
  await writeUse(server);
  for (const [width, viewport] of Object.entries(WIDTHS)) {
    await page.setViewportSize(viewport);
    await page.context().clearCookies();
    await page.goto(urls.signIn);
    await opened.reach(page);
    await take(page, `sign-in-${width}`);
    key = await server.key(`Ada (${width})`, "admin");
    await signIn(page, key);
    await ask(page, "How do I add a real account?");
    await replyIsComplete(page, 1);
    replied = page.url();
    for (const { name, urls: addresses } of PAGES) {
      for (const state of STATES[name]) {
        await page.goto(addresses(urls)[0] ?? urls.chat);
        await state.reach(page);
        await take(page, [name, state.name, width].filter(Boolean).join("-"));
      }
    }
  }
});
