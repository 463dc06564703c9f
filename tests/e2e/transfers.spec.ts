import { readFile } from "node:fs/promises";
import { crc32 } from "node:zlib";

import type { Page } from "@playwright/test";

import { ask, atEachWidth, conversations, expect, fits, isAccessible, needsChromium, prompt, replies, replyIsComplete, signIn, test } from "./story";

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

/** As one of the files of a large export has it. */
const talk = (id: string, title: string) => ({ ...EXPORT[0], id, title });

async function importFiles(page: Page, files: Record<string, string | Buffer>): Promise<void> {
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose files" }).press("Enter");
  const chosen = Object.entries(files).map(([name, content]) => ({ name, mimeType: "application/json", buffer: Buffer.from(content) }));
  await (await choosing).setFiles(chosen);
}

const importFile = (page: Page, name: string, content: string) => importFiles(page, { [name]: content });

/** An archive of files as they are, without compression. */
function zipped(files: Record<string, string>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const [path, content] = [Buffer.from(name), Buffer.from(text)];
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt32LE(crc32(content), 10);
    facts.writeUInt32LE(content.length, 14);
    facts.writeUInt32LE(content.length, 18);
    facts.writeUInt16LE(path.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), facts, path, content]);
    directory.push(Buffer.from("PK\x01\x02\x14\x00"), facts, place, path);
    parts.push(local);
    at += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 4);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, central, Buffer.from("PK\x05\x06"), end]);
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

atEachWidth(() => {
  test("a file of another kind is refused, one that breaks off keeps what came before", async ({ alice: page }) => {
    await page.goto("/settings");
    await importFile(page, "notes.txt", "no conversations at all");
    const told = page.getByRole("alert").filter({ hasText: "notes.txt" });
    await expect(told).toContainText("notes.txt was not imported.");
    await isAccessible(page);
    await fits(page);
    await importFile(page, "half.json", JSON.stringify(EXPORT).slice(0, -60));
    await expect(report(page)).toContainText("1 conversation with 1 turn imported.");
    await expect(report(page)).toContainText("breaks off");
  });
});

test("an export of many files comes in whole: chosen together, dropped together, or as the ZIP", async ({ alice: page }) => {
  await page.goto("/settings");
  const files = {
    "conversations-000.json": JSON.stringify([talk("a0000000-2222-4333-8444-555555555555", "Ebb")]),
    "conversations-001.json": JSON.stringify([talk("b0000000-2222-4333-8444-555555555555", "Flood")]),
  };
  await importFiles(page, files);
  await expect(report(page)).toContainText("From 2 files: 2 conversations with 2 turns imported.");
  await expect(report(page)).toContainText("2: images");

  const dropped = await page.evaluateHandle((given) => {
    const data = new DataTransfer();
    for (const [name, text] of Object.entries(given)) data.items.add(new File([text], name));
    return data;
  }, files);
  await page.getByRole("group", { name: "Import conversations" }).dispatchEvent("drop", { dataTransfer: dropped });
  await expect(report(page)).toContainText("2 conversations were here already");

  await importFiles(page, { "export.zip": zipped({ ...files, "user.json": "{}" }), "notes.txt": "no conversations at all" });
  await expect(report(page)).toContainText("From export.zip: 0 conversations with 0 turns imported.");
  await expect(report(page)).toContainText("2 conversations were here already");
  await expect(page.getByRole("alert").filter({ hasText: "notes.txt" })).toContainText("notes.txt was not imported.");
  await isAccessible(page);
});

test("the old server's file gives a user its own section and nobody else's", async ({ admin, page, server }) => {
  const made = await admin.request.post("/graphql", {
    headers: { authorization: `Bearer ${await server.key("admin of the old", "admin")}` },
    data: { query: 'mutation { issueKey(input: {name: "Uma", externalId: "uma-7"}) { key } }' },
  });
  const { data } = (await made.json()) as { data: { issueKey: { key: string } } };
  await signIn(page, data.issueKey.key);
  await page.goto("/settings");
  const section = (id: string, prompt: string) => ({ conversations: { [id]: { messages: { m: { prompt, reply: "yes" } } } } });
  await importFile(page, "conversations.json", JSON.stringify({ users: { "uma-7": section("o-1", "mine"), other: section("o-2", "theirs") } }));
  await expect(report(page)).toContainText("1 conversation with 1 turn imported.");
  await expect(report(page)).toContainText("1: It belongs to another user");
});

test("a file that is asked for after the session has ended leads to signing in, and says why", async ({ alice: page, context }) => {
  await page.goto("/settings");
  await expect(page.getByRole("link", { name: "JSON" })).toBeVisible();
  await page.waitForLoadState("networkidle"); // else the page itself is the first to hear of it
  await context.clearCookies();
  await page.getByRole("link", { name: "JSON" }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await expect(page.getByRole("alert").filter({ hasText: "You were signed out." })).toBeVisible();
});

test("an import shows how far it is, and stopped it keeps what came before", async ({ alice: page }) => {
  await page.goto("/settings");
  let asked = 0;
  await page.route("**/imports", async (route) => {
    asked += 1;
    if (asked === 1) await route.continue();
  });
  await importFiles(page, { "first.json": JSON.stringify(EXPORT), "second.json": JSON.stringify(EXPORT), "third.json": "[]" });
  await expect(page.getByRole("progressbar", { name: /second\.json, file 2 of 3$/ })).toBeVisible();
  await expect(page.getByRole("button", { name: "Choose files" })).toBeDisabled();
  await isAccessible(page);
  await page.getByRole("button", { name: "Stop the import" }).click();
  await expect(page.getByRole("progressbar")).toHaveCount(0);
  await expect(report(page)).toContainText("From first.json: 1 conversation with 1 turn imported.");
  expect(asked).toBe(2);
  await page.unroute("**/imports");
  await importFile(page, "second.json", JSON.stringify(EXPORT));
  await expect(report(page)).toContainText("1 conversation was here already");
});

test("whoever leaves the page while an import goes on is asked", async ({ alice: page }) => {
  await page.goto("/settings");
  // It is never answered.
  await page.route("**/imports", () => undefined);
  await importFile(page, "first.json", JSON.stringify(EXPORT));
  await expect(page.getByRole("progressbar")).toBeVisible();
  const asked = page.waitForEvent("dialog");
  const leaving = page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe("beforeunload");
  await dialog.dismiss();
  await leaving;
  await expect(page.getByRole("progressbar")).toBeVisible();
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
