import { readFile } from "node:fs/promises";

import type { Page } from "@playwright/test";

import { documentOf } from "./documents";
import { ask, conversations, expect, isAccessible, needsChromium, prompt, replies, replyIsComplete, test, transcript } from "./story";

needsChromium();

const lineage = (page: Page) => page.getByRole("complementary", { name: "Where this conversation comes from and goes on" });
const elsewhere = (page: Page) => page.getByRole("button", { name: "Continue elsewhere" });
const why = (page: Page) => page.getByRole("button", { name: "Why this account?" });

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
