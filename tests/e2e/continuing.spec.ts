import { readFile } from "node:fs/promises";

import type { Page } from "@playwright/test";

import { documentOf } from "./documents";
import type { Server } from "./server";
import { ask, conversations, expect, isAccessible, needsChromium, prompt, replies, replyIsComplete, signIn, test, transcript } from "./story";

needsChromium();

const lineage = (page: Page) => page.getByRole("complementary", { name: "Where this conversation comes from and goes on" });
const elsewhere = (page: Page) => page.getByRole("button", { name: "Continue elsewhere" });
const why = (page: Page) => page.getByRole("button", { name: "Why this account?" });

const sentAlong = (page: Page, count: number) => page.getByRole("button", { name: `Sent along: ${count} messages` });
const messages = (page: Page) => page.getByRole("list", { name: "Messages that were sent along" }).locator("> li");

/** The address of a conversation that a program began with a history, for whoever signs in to it. */
async function told(page: Page, server: Server, name: string, history: readonly { role: string; content: string }[]): Promise<string> {
  const key = await server.key(name);
  await signIn(page, key);
  const answer = await page.request.post("/v1/chat/completions", {
    headers: { Authorization: `Bearer ${key}` },
    data: { messages: [...history, { role: "user", content: "And now?" }] },
  });
  return `/chat/${answer.headers()["x-conversation-id"] ?? ""}`;
}

const HISTORY = [
  { role: "system", content: "Be brief." },
  { role: "user", content: "What is a *tide*?" },
  { role: "assistant", content: "The sea **rises** and falls:\n\n- flood\n- ebb" },
];

/** A conversation whose account rests. */
async function tire(page: Page): Promise<void> {
  await ask(page, "Tell me about accounts");
  await replyIsComplete(page, 1);
  await ask(page, "/rehearse limit 600");
  await expect(transcript(page).getByText("Failed", { exact: true })).toBeVisible();
}

test("a follow-up whose account cannot answer goes on elsewhere, and both conversations say so", async ({ ownPair: page }) => {
  await tire(page);
  const old = page.url();
  await ask(page, "And then?");
  await expect(page.getByRole("alert")).toContainText("Your text is back in the field");
  await expect(prompt(page)).toHaveValue("And then?");
  await isAccessible(page);
  await elsewhere(page).click();
  await expect(page).not.toHaveURL(old);
  await expect(page).toHaveURL(/\/chat\/c\w+$/);
  await expect(transcript(page)).toContainText("And then?");
  await replyIsComplete(page, 1);
  await expect(prompt(page)).toHaveValue("");
  await expect(lineage(page)).toContainText("Continues");
  await expect(sentAlong(page, 2)).toBeVisible();
  await isAccessible(page);
  const next = page.url();
  await lineage(page).getByRole("link").click();
  await expect(page).toHaveURL(old);
  await expect(lineage(page)).toContainText("Continued in");
  await expect(prompt(page)).toHaveValue("");
  await page.reload();
  await lineage(page).getByRole("link").click();
  await expect(page).toHaveURL(next);
  await replyIsComplete(page, 1);
  await expect(conversations(page).getByRole("link")).toHaveCount(2);
});

test("a conversation that the upstream has lost goes on elsewhere, its draft stays", async ({ ownPair: page }) => {
  await ask(page, "Tell me about accounts");
  await replyIsComplete(page, 1);
  await ask(page, "/rehearse lost");
  await expect(transcript(page).getByText("Failed", { exact: true })).toBeVisible();
  const old = page.url();
  await prompt(page).fill("half a thought");
  await elsewhere(page).click();
  await expect(page).not.toHaveURL(old);
  await expect(lineage(page)).toContainText("Continues");
  await page.goto(old);
  await expect(prompt(page)).toHaveValue("half a thought");
});

test("where there is no other account nothing typed is lost, and it is offered again", async ({ ownServer: page }) => {
  await tire(page);
  await ask(page, "And then?");
  const old = page.url();
  await elsewhere(page).click();
  await expect(page.getByRole("alert")).toContainText("Your text is back in the field");
  await expect(prompt(page)).toHaveValue("And then?");
  await expect(elsewhere(page)).toBeVisible();
  await expect(page).toHaveURL(old);
});

test("an answer that is lost on the way back is not asked for twice", async ({ ownPair: page }) => {
  await tire(page);
  await ask(page, "And then?");
  await expect(elsewhere(page)).toBeVisible();
  await page.route("**/graphql", async (route) => {
    if (documentOf(route.request()).includes("continueElsewhere(")) {
      await route.fetch();
      await route.abort();
    } else await route.continue();
  });
  await elsewhere(page).click();
  await expect(page.getByRole("alert")).toContainText("The server did not answer");
  await page.unroute("**/graphql");
  await elsewhere(page).click();
  await expect(lineage(page)).toContainText("Continues");
  await page.reload();
  await expect(conversations(page).getByRole("link")).toHaveCount(2);
});

test("what was sent along is folded above the first turn, and opens by click and by keyboard", async ({ page, server }, info) => {
  const asked: string[] = [];
  page.on("request", (request) => {
    if (documentOf(request).includes("query Preamble(")) asked.push(request.url());
  });
  await page.goto(await told(page, server, `told ${info.testId}`, HISTORY));
  await replyIsComplete(page, 1);
  await expect(sentAlong(page, 3)).toHaveAttribute("aria-expanded", "false");
  expect(asked).toEqual([]);
  await expect(messages(page)).toHaveCount(0);
  await isAccessible(page);
  await sentAlong(page, 3).click();
  await expect(messages(page)).toHaveText([/^Instructions\s*Be brief\.$/, /^Prompt\s*What is a \*tide\*\?$/, /^Reply\s*The sea rises and falls:/]);
  await expect(messages(page).nth(2).getByRole("listitem")).toHaveText(["flood", "ebb"]);
  await expect(sentAlong(page, 3)).toBeInViewport();
  await isAccessible(page);
  await sentAlong(page, 3).press("Enter");
  await expect(messages(page)).toHaveCount(0);
  await sentAlong(page, 3).press("Space");
  await expect(messages(page).first()).toBeVisible();
  await ask(page, "Thanks");
  await replyIsComplete(page, 2);
  await expect(messages(page).first()).toContainText("Be brief.");
});

test("a long history comes in steps, and a conversation without one says nothing", async ({ page, server }, info) => {
  const long = Array.from({ length: 45 }, (_, n) => ({ role: n % 2 === 0 ? "user" : "assistant", content: `Message ${n + 1}` }));
  await page.goto(await told(page, server, `long ${info.testId}`, long));
  await sentAlong(page, 45).press("Enter");
  await expect(messages(page)).toHaveCount(40);
  await page.getByRole("button", { name: "Show 5 more messages" }).press("Enter");
  await expect(messages(page)).toHaveCount(45);
  await expect(messages(page).nth(40)).toBeFocused();
  await page.goto("/chat");
  await ask(page, "Hello");
  await replyIsComplete(page, 1);
  await expect(page.getByRole("button", { name: /^Sent along/ })).toHaveCount(0);
});

test("an admin sees why a turn has its account, and who was left out", async ({ ownPair: page }) => {
  await ask(page, "Tell me about accounts");
  await replyIsComplete(page, 1);
  await why(page).press("Enter");
  await expect(why(page)).toHaveAttribute("aria-expanded", "true");
  await expect(replies(page)).toContainText(/2 ready/);
  await expect(replies(page)).toContainText("Left out:");
  await expect(replies(page)).toContainText(/Account: (first|second)/);
  await page.getByRole("button", { name: "Receipt, and is the record whole?" }).click();
  await expect(replies(page)).toContainText("is whole: 1 reply proven just now");
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download the receipt" }).click();
  const receipt = JSON.parse(await readFile(await (await download).path(), "utf-8")) as { text: string };
  expect(JSON.parse(receipt.text)).toMatchObject({ format: "chatgpt-api-server receipt 1", state: "finished" });
  await isAccessible(page);
  await why(page).press("Enter");
  await expect(replies(page)).not.toContainText("Left out:");
  await ask(page, "And then?");
  await replyIsComplete(page, 2);
  await why(page).nth(1).press("Enter");
  await expect(replies(page).nth(1)).toContainText("Pinned");
});

test("a user sees why, and no names", async ({ alice }) => {
  await ask(alice, "Tell me about accounts");
  await replyIsComplete(alice, 1);
  const answers: string[] = [];
  alice.on("response", (response) => {
    if (documentOf(response.request()).includes("query Explain(")) void response.text().then((text) => answers.push(text));
  });
  await why(alice).click();
  await expect(replies(alice)).toContainText(/1 ready/);
  await expect(replies(alice)).not.toContainText("Left out:");
  expect(answers).toHaveLength(1);
  expect(JSON.parse(answers[0] ?? "")).toMatchObject({ data: { turn: { explain: { account: null, leftOut: null } } } });
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

  test("the offer, the lineage and the reason fit", async ({ ownPair: page }) => {
    await tire(page);
    await ask(page, "And then?");
    await expect(elsewhere(page)).toBeInViewport({ ratio: 1 });
    await elsewhere(page).tap();
    await replyIsComplete(page, 1);
    await expect(lineage(page)).toContainText("Continues");
    await why(page).tap();
    await expect(replies(page)).toContainText("Left out:");
    await isAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });
});
