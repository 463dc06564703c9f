import type { Page } from "@playwright/test";

import { Relay } from "./relay";
import { ask, conversations, expect, needsChromium, prompt, replies, replyIsComplete, signIn, stopButton, test, transcript } from "./story";

needsChromium();

const fromEnd = (page: Page) => transcript(page).evaluate((view) => view.scrollHeight - view.scrollTop - view.clientHeight);
/** How much of the reply is there. */
const length = (page: Page) => replies(page).last().evaluate((article) => article.textContent.length);

async function longReply(page: Page): Promise<void> {
  await ask(page, "/rehearse long 6000");
  await expect(stopButton(page)).toBeVisible();
  await expect.poll(() => length(page)).toBeGreaterThan(4000);
}

test("whoever scrolls up in small steps is not brought back by the text that is added", async ({ alice: page }) => {
  await longReply(page);
  await transcript(page).hover();
  for (let step = 0; step < 12; step += 1) {
    await page.mouse.wheel(0, -12);
    await page.waitForTimeout(40);
  }
  await expect(page.getByRole("button", { name: "Go to the end" })).toBeVisible();
  expect(await fromEnd(page)).toBeGreaterThan(100);
  await page.getByRole("button", { name: "Go to the end" }).click();
  const before = await length(page);
  await expect.poll(() => length(page)).toBeGreaterThan(before);
  // It follows again.
  await expect.poll(() => fromEnd(page)).toBeLessThan(3);
  await stopButton(page).click();
});

test("what is selected in a reply that is being written stays selected", async ({ alice: page }) => {
  await longReply(page);
  const selected = () => page.evaluate(() => document.getSelection()?.toString());
  const words = await replies(page).last().evaluate((article) => {
    const texts = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
    let longest: Node = article;
    for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
      if ((text.nodeValue ?? "").length > (longest.nodeValue ?? "").length) longest = text;
    }
    document.getSelection()?.setBaseAndExtent(longest, 40, longest, 12);
    return longest.nodeValue?.slice(12, 40);
  });
  expect(await selected()).toBe(words);
  const before = await length(page);
  await expect.poll(() => length(page)).toBeGreaterThan(before + 500);
  expect(await selected()).toBe(words);
  await stopButton(page).click();
  await expect(stopButton(page)).toHaveCount(0);
});

test("a connection that died without a word is found out when the reader comes back", async ({ page, server }, info) => {
  const relay = new Relay(Number(new URL(server.url).port));
  const url = await relay.listen();
  expect((await page.request.post(`${url}/session`, { data: { key: await server.key(`sleeper ${info.testId}`) } })).ok()).toBe(true);
  await page.goto(`${url}/chat`);
  await ask(page, "/rehearse stall 3");
  await expect(transcript(page)).toContainText("rehearsal upstream");
  relay.fallSilent();
  // By then the reply has its end, of which this page has not heard.
  await page.waitForTimeout(6000);
  await expect(stopButton(page)).toBeVisible();
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
  await replyIsComplete(page, 1);
  await expect(transcript(page).getByText("Writing", { exact: true })).toHaveCount(0);
  await relay.close();
});

test("a draft that was sent in one tab is gone from the other, which shows the reply when it is come back to", async ({ alice, context }) => {
  await ask(alice, "First");
  await replyIsComplete(alice, 1);
  await prompt(alice).fill("Second");
  const other = await context.newPage();
  await other.goto(alice.url());
  await expect(prompt(other)).toHaveValue("Second");
  await prompt(alice).press("Enter");
  await replyIsComplete(alice, 2);
  await expect(prompt(other)).toHaveValue("");
  await other.evaluate(() => window.dispatchEvent(new Event("focus")));
  await replyIsComplete(other, 2);
  // One that was changed here is this tab's own.
  await prompt(alice).fill("Third");
  await prompt(other).fill("Something else");
  await prompt(alice).press("Enter");
  await replyIsComplete(alice, 3);
  await expect(prompt(other)).toHaveValue("Something else");
});

test("the accounts that were chosen are chosen after a reload, and by nobody's token", async ({ alice: page }) => {
  const accounts = page.getByRole("button", { name: /^Accounts?: / });
  await accounts.click();
  await page.getByRole("menuitemradio", { name: /^Free/ }).click();
  await page.reload();
  await expect(accounts).toHaveAccessibleName(/Free/);
  await accounts.click();
  await page.getByRole("menuitemradio", { name: /^My own token/ }).click();
  await page.reload();
  await expect(accounts).toHaveAccessibleName(/Free/);
});

test("a stranger who signs in after somebody finds no draft of theirs, and a conversation that is not there says so in the tab's title", async ({ alice, browser, server }) => {
  await ask(alice, "Mine alone");
  await replyIsComplete(alice, 1);
  await prompt(alice).fill("half a thought");
  const context = await browser.newContext({ baseURL: server.url });
  const stranger = await context.newPage();
  await signIn(stranger, await server.key("another stranger"));
  await stranger.goto(alice.url());
  await expect(stranger).toHaveTitle(/^This conversation is not there/);
  await expect(prompt(stranger)).toHaveCount(0);
  await expect(conversations(stranger)).not.toContainText("Mine alone");
  await context.close();
});
