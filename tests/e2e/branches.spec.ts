import type { Page } from "@playwright/test";

import { documentOf } from "./documents";
import { ask, atEachWidth, expect, fits, isAccessible, needsChromium, prompt, replies, replyIsComplete, signIn, stopButton, test, transcript } from "./story";

needsChromium();

const versions = (page: Page) => transcript(page).getByRole("group", { name: "Versions" });
const previous = (page: Page) => page.getByRole("button", { name: "Previous version" });
const next = (page: Page) => page.getByRole("button", { name: "Next version" });
const edited = (page: Page) => page.getByRole("textbox", { name: "Edited prompt" });
const prompts = (page: Page) => replies(page).evaluateAll((turns) => turns.map((turn) => turn.querySelector("h2, h3, h4")?.nextElementSibling?.textContent ?? ""));

async function asksAgain(page: Page, number: number): Promise<void> {
  await replies(page).nth(number - 1).getByRole("button", { name: "Ask again" }).click();
}

async function edit(page: Page, number: number): Promise<void> {
  await replies(page).nth(number - 1).getByRole("button", { name: "Edit the prompt" }).click();
}

async function two(page: Page): Promise<void> {
  await ask(page, "One");
  await replyIsComplete(page, 1);
  await ask(page, "Two");
  await replyIsComplete(page, 2);
}

test("a prompt is asked again, edited, and every version is there with what followed it", async ({ alice }) => {
  await two(alice);
  await asksAgain(alice, 2);
  await expect(versions(alice)).toContainText("2/2");
  await replyIsComplete(alice, 2);
  await isAccessible(alice);

  await edit(alice, 1);
  await expect(edited(alice)).toBeFocused();
  await expect(edited(alice)).toHaveValue("One");
  await isAccessible(alice);
  await edited(alice).fill("never sent");
  await edited(alice).press("Escape");
  await expect(replies(alice).first().getByRole("button", { name: "Edit the prompt" })).toBeFocused();
  await edit(alice, 1);
  await edited(alice).fill("One, put better");
  await edited(alice).press("Enter");
  await expect.poll(() => prompts(alice)).toEqual(["One, put better"]);
  await replyIsComplete(alice, 1);
  await ask(alice, "And then?");
  await replyIsComplete(alice, 2);

  await previous(alice).focus();
  await alice.keyboard.press("Enter");
  await expect.poll(() => prompts(alice)).toEqual(["One", "Two"]);
  await expect(versions(alice)).toHaveText(["1/2", "2/2"]);
  await expect(previous(alice).first()).toBeFocused();
  await expect(alice.getByRole("status").filter({ hasText: "Version 1 of 2" })).toHaveCount(1);
  await alice.keyboard.press("ArrowRight");
  await expect.poll(() => prompts(alice)).toEqual(["One, put better", "And then?"]);
  await expect(next(alice)).toBeFocused();
});

test("a follow-up goes on behind the branch that is shown, and a reload comes back to it", async ({ alice }) => {
  await two(alice);
  await asksAgain(alice, 2);
  await expect(versions(alice)).toContainText("2/2");
  await replyIsComplete(alice, 2);
  await previous(alice).click();
  await expect(versions(alice)).toContainText("1/2");
  await expect(alice).toHaveURL(/through=t/);
  await alice.reload();
  await expect(versions(alice)).toContainText("1/2");
  await ask(alice, "Behind the older one");
  await replyIsComplete(alice, 3);
  await expect(alice).not.toHaveURL(/through/);
  await alice.reload();
  await expect.poll(() => prompts(alice)).toEqual(["One", "Two", "Behind the older one"]);
  await expect(versions(alice)).toContainText("1/2");
});

test("a new version is followed after a reload, in another tab, and stopped", async ({ alice, context }) => {
  await two(alice);
  await edit(alice, 1);
  await edited(alice).fill("/rehearse stall 30");
  await alice.getByRole("button", { name: "Ask again" }).first().click();
  await expect(transcript(alice).getByText("Writing", { exact: true })).toBeVisible();
  await alice.reload();
  const second = await context.newPage();
  await second.goto(alice.url());
  for (const page of [alice, second]) {
    await expect(replies(page)).toHaveCount(1);
    await expect(transcript(page)).toContainText("rehearsal upstream");
    await expect(stopButton(page)).toBeVisible();
  }
  // What is read meanwhile on the other branch stays as it is.
  await previous(second).click();
  await expect.poll(() => prompts(second)).toEqual(["One", "Two"]);
  await stopButton(alice).click();
  await expect(transcript(alice).getByText("Stopped", { exact: true })).toBeVisible();
  await expect.poll(() => prompts(second)).toEqual(["One", "Two"]);
  await next(second).click();
  await expect(transcript(second).getByText("Stopped", { exact: true })).toBeVisible();
  await replies(second).getByRole("button", { name: "Why this account?" }).click();
  await expect(replies(second)).toContainText("Pinned");
});

atEachWidth(() => {
  test("an edited prompt whose answer is lost is back in its field and is asked once", async ({ alice }) => {
    await two(alice);
    await alice.route("**/graphql", async (route) => {
      if (documentOf(route.request()).includes("askAgain(")) {
        await route.fetch();
        await route.abort();
      } else await route.continue();
    });
    await prompt(alice).fill("half a thought");
    await edit(alice, 2);
    await edited(alice).fill("Two, put better");
    await edited(alice).press("Enter");
    await expect(alice.getByRole("alert")).toContainText("The server did not answer");
    await expect(edited(alice)).toHaveValue("Two, put better");
    await fits(alice);
    await alice.unroute("**/graphql");
    await edited(alice).press("Enter");
    await replyIsComplete(alice, 2);
    await expect(versions(alice)).toContainText("2/2");
    await expect(prompt(alice)).toHaveValue("half a thought");
    await alice.reload();
    await expect(versions(alice)).toContainText("2/2");
  });
});

test("a branch that does not load says so, and what was shown stays", async ({ alice }) => {
  await two(alice);
  await asksAgain(alice, 2);
  await expect(versions(alice)).toContainText("2/2");
  await replyIsComplete(alice, 2);
  await alice.route("**/graphql", (route) => (documentOf(route.request()).includes("query Conversation(") ? route.abort() : route.continue()));
  await previous(alice).click();
  await expect(alice.getByRole("alert")).toContainText("The server did not answer");
  await expect(versions(alice)).toContainText("2/2");
});

test("a version whose account is at its limit goes on elsewhere", async ({ ownPair: page }) => {
  await two(page);
  await edit(page, 2);
  await edited(page).fill("/rehearse lost");
  await edited(page).press("Enter");
  await expect(transcript(page).getByText("Failed", { exact: true })).toBeVisible();
  const old = page.url();
  await page.getByRole("button", { name: "Continue elsewhere" }).click();
  await expect(page).not.toHaveURL(old);
  await expect(page.getByRole("complementary", { name: /comes from/ })).toContainText("Continues");
});

test("a branch of someone else is not there, and one of nowhere is the newest", async ({ alice, browser, server }) => {
  await two(alice);
  await asksAgain(alice, 2);
  await expect(versions(alice)).toContainText("2/2");
  await replyIsComplete(alice, 2);
  await previous(alice).click();
  await expect(alice).toHaveURL(/through=t/);
  const context = await browser.newContext({ baseURL: server.url });
  const stranger = await context.newPage();
  await signIn(stranger, await server.key("stranger"));
  await stranger.goto(alice.url());
  await expect(stranger.getByRole("heading", { name: "This conversation is not there" })).toBeVisible();
  await context.close();
  await alice.goto(alice.url().replace(/through=.*/, "through=nothing"));
  await expect(versions(alice)).toContainText("2/2");
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

  test("the editor and the arrows fit", async ({ alice }) => {
    await two(alice);
    await replies(alice).nth(1).getByRole("button", { name: "Edit the prompt" }).tap();
    await isAccessible(alice);
    expect(await alice.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await edited(alice).fill("Two, put better");
    await alice.locator("form").filter({ has: edited(alice) }).getByRole("button", { name: "Ask again" }).tap();
    await expect(versions(alice)).toContainText("2/2");
    await replyIsComplete(alice, 2);
    await previous(alice).tap();
    await expect(versions(alice)).toContainText("1/2");
    expect(await alice.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });
});
