import { readFile } from "node:fs/promises";

import type { Page } from "@playwright/test";

import { ask, conversations, expect, isAccessible, needsChromium, prompt, replies, replyIsComplete, signIn, test } from "./story";

needsChromium();

/** As ChatGPT exports it: a question with an image, and something that is no conversation. */
const EXPORT = [
  {
    id: "11111111-2222-4333-8444-555555555555",
    title: "Old tides",
    create_time: 1_700_000_000,
    update_time: 1_700_000_100,
    current_node: "reply",
    mapping: {
      root: { id: "root", parent: null, children: ["ask"], message: null },
      ask: { id: "ask", parent: "root", children: ["reply"], message: message("ask", "user", [{ content_type: "image_asset_pointer" }, "Why tides?"]) },
      reply: { id: "reply", parent: "ask", children: [], message: message("reply", "assistant", ["Because of the moon."]) },
    },
  },
  { id: "22222222-2222-4333-8444-555555555555", title: "Nothing here", mapping: {} },
];

function message(id: string, role: string, parts: unknown[]) {
  const kind = parts.length > 1 ? "multimodal_text" : "text";
  return { id, author: { role }, create_time: 1_700_000_000, content: { content_type: kind, parts }, metadata: {}, recipient: "all" };
}

async function importFile(page: Page, name: string, content: string): Promise<void> {
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose a file" }).press("Enter");
  await (await choosing).setFiles({ name, mimeType: "application/json", buffer: Buffer.from(content) });
}

const report = (page: Page) => page.getByRole("status").filter({ hasText: "imported." });

test("ChatGPT's export comes in with an honest report, goes on elsewhere, and goes out again", async ({ alice: page }) => {
  await page.goto("/settings");
  await importFile(page, "conversations.json", JSON.stringify(EXPORT));
  await expect(report(page)).toContainText("From conversations.json: 1 conversation with 1 turn imported.");
  await expect(report(page)).toContainText("Not taken");
  await expect(report(page)).toContainText("Nothing here");
  await expect(report(page)).toContainText("1: images");
  await isAccessible(page);
  await importFile(page, "conversations.json", JSON.stringify(EXPORT));
  await expect(report(page)).toContainText("1 conversation was here already");

  await page.getByRole("link", { name: "Chat", exact: true }).click();
  await conversations(page).getByRole("link", { name: "Old tides" }).click();
  await expect(replies(page)).toContainText("Because of the moon.");
  await expect(prompt(page)).toHaveAttribute("placeholder", "Continue elsewhere");
  await ask(page, "And the sun?");
  await expect(page.getByRole("complementary", { name: /^Where this conversation/ })).toContainText("Continues");
  await replyIsComplete(page, 1);

  await page.goto("/settings");
  const coming = page.waitForEvent("download");
  await page.getByRole("link", { name: "JSON" }).click();
  const whole = JSON.parse(await readFile(await (await coming).path(), "utf-8")) as { conversations: { title: string }[] };
  expect(whole.conversations.map(({ title }) => title)).toContain("Old tides");
});

test("a file of another kind is refused, one that breaks off keeps what came before", async ({ alice: page }) => {
  await page.goto("/settings");
  await importFile(page, "notes.txt", "no conversations at all");
  const told = page.getByRole("alert").filter({ hasText: "notes.txt" });
  await expect(told).toContainText("notes.txt was not imported to its end.");
  await expect(told).toContainText("Nothing was imported.");
  await isAccessible(page);
  await importFile(page, "half.json", JSON.stringify(EXPORT).slice(0, -60));
  await expect(report(page)).toContainText("1 conversation with 1 turn imported.");
  await expect(report(page)).toContainText("breaks off");
});

test("on a phone it fits", async ({ alice: page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto("/settings");
  await importFile(page, "conversations.json", JSON.stringify(EXPORT));
  await expect(report(page)).toBeVisible();
  await isAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});

test("a stranger imports nothing and gets nothing of it", async ({ alice, server, browser }) => {
  await alice.goto("/settings");
  await importFile(alice, "conversations.json", JSON.stringify(EXPORT));
  await expect(report(alice)).toBeVisible();
  const context = await browser.newContext({ baseURL: server.url });
  expect((await context.request.post("/imports", { data: EXPORT })).status()).toBe(401);
  const stranger = await context.newPage();
  await signIn(stranger, await server.key("stranger to the files"));
  expect(await (await stranger.request.get("/exports?format=json")).text()).not.toContain("Old tides");
  await context.close();
});
