import type { Locator, Page } from "@playwright/test";

import { documentOf } from "./documents";
import { ask, atEachWidth, conversations, expect, fits, isAccessible, needsChromium, prompt, replyIsComplete, signIn, test } from "./story";

needsChromium();

const row = (page: Page, title: string | RegExp): Locator => conversations(page).getByRole("listitem").filter({ hasText: title });
const act = (page: Page, name: string): Locator => page.getByRole("menuitem", { name, exact: true });

/** Its title is what the rehearsal makes of the prompt. */
async function begin(page: Page, title: string): Promise<void> {
  await page.getByRole("link", { name: "New chat" }).click();
  await ask(page, title.replace("Rehearsal: ", ""));
  await replyIsComplete(page, 1);
  await expect(row(page, title)).toBeVisible();
}

async function menuOf(page: Page, title: string): Promise<void> {
  await row(page, title).getByRole("button", { name: `What to do with “${title}”` }).press("Enter");
  await expect(act(page, "Remove")).toBeVisible();
}

async function view(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: /^Shown:/ }).press("Enter");
  await page.getByRole("menuitemradio", { name }).click();
}

test("a conversation is pinned, renamed, tagged and archived, and found in each view", async ({ alice: page }) => {
  await begin(page, "Rehearsal: Spring tides");
  await begin(page, "Rehearsal: Neap tides");
  await menuOf(page, "Rehearsal: Spring tides");
  await isAccessible(page);
  await act(page, "Pin").press("Enter");
  await expect(page.getByRole("region", { name: "Pinned" }).getByRole("listitem")).toHaveText("Rehearsal: Spring tides");
  await expect(conversations(page).getByRole("listitem").first()).toHaveText("Rehearsal: Spring tides");

  await menuOf(page, "Rehearsal: Spring tides");
  await act(page, "Rename").press("Enter");
  const field = page.getByRole("textbox", { name: "New title of “Rehearsal: Spring tides”" });
  await expect(field).toBeFocused();
  await isAccessible(page);
  await field.fill("Forget this");
  await field.press("Escape");
  await expect(row(page, "Rehearsal: Spring tides").getByRole("link")).toBeFocused();
  await menuOf(page, "Rehearsal: Spring tides");
  await act(page, "Rename").press("Enter");
  await field.fill("High water");
  await field.press("Enter");
  await expect(row(page, "High water").getByRole("link")).toBeFocused();

  await menuOf(page, "High water");
  await act(page, "Tags").press("Enter");
  const dialog = page.getByRole("dialog", { name: "Tags of “High water”" });
  await dialog.getByLabel("New tag").fill("Sea");
  await dialog.getByLabel("New tag").press("Enter");
  await expect(dialog.getByRole("listitem")).toHaveText("Sea");
  await isAccessible(page);
  await page.keyboard.press("Escape");
  await expect(row(page, "High water")).toContainText("Sea");

  await menuOf(page, "High water");
  await act(page, "Archive").press("Enter");
  await expect(row(page, "High water")).toHaveCount(0);
  await view(page, "Archived");
  await expect(conversations(page).getByRole("listitem")).toHaveCount(1);
  await expect(row(page, "High water")).toBeVisible();
  await isAccessible(page);
  await view(page, "Tag Sea");
  await expect(row(page, "High water")).toBeVisible();
  await menuOf(page, "High water");
  await act(page, "Take out of the archive").press("Enter");
  await page.getByRole("button", { name: "Show all" }).click();
  await expect(conversations(page).getByRole("listitem")).toHaveCount(2);
  await page.reload();
  await expect(page.getByRole("region", { name: "Pinned" }).getByRole("listitem")).toContainText("High water");
});

test("a removed conversation comes back by Undo, or later from the removed ones", async ({ alice: page }) => {
  await begin(page, "Rehearsal: Soon gone");
  const address = page.url();
  await menuOf(page, "Rehearsal: Soon gone");
  await act(page, "Remove").press("Enter");
  await expect(row(page, "Rehearsal: Soon gone")).toHaveCount(0);
  await expect(conversations(page)).toContainText("No conversations yet");
  await expect(page).toHaveURL(/\/chat$/);
  await expect(page.getByRole("status").filter({ hasText: "Removed: “Rehearsal: Soon gone”" })).toHaveCount(1);
  const undo = page.getByRole("button", { name: "Undo" });
  await expect(undo).toBeFocused();
  await isAccessible(page);
  await page.keyboard.press("Enter");
  await expect(row(page, "Rehearsal: Soon gone")).toBeVisible();
  await expect(page).toHaveURL(address);
  await replyIsComplete(page, 1);

  await menuOf(page, "Rehearsal: Soon gone");
  await act(page, "Remove").press("Enter");
  // Once it is gone the focus goes there, and would close a menu.
  await expect(page).toHaveURL(/\/chat$/);
  await expect(undo).toBeFocused();
  await view(page, "Removed");
  await page.getByRole("button", { name: "Restore “Rehearsal: Soon gone”" }).press("Enter");
  await expect(conversations(page)).toContainText("Nothing was removed");
  await page.getByRole("button", { name: "Show all" }).click();
  await expect(row(page, "Rehearsal: Soon gone")).toBeVisible();
});

test("the way back goes along to another page, and out of the drawer of a phone", async ({ alice: page }) => {
  await begin(page, "Rehearsal: Gone by mistake");
  await menuOf(page, "Rehearsal: Gone by mistake");
  await act(page, "Remove").press("Enter");
  const undo = page.getByRole("button", { name: "Undo" });
  await expect(undo).toBeFocused();
  await page.getByRole("link", { name: "Settings" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await isAccessible(page);
  await page.route("**/graphql", (route) => (documentOf(route.request()).includes("restoreConversation") ? route.abort() : route.continue()));
  await undo.click();
  await expect(page.getByRole("group", { name: /^Nothing was changed/ })).toBeVisible();
  await page.unroute("**/graphql");
  await undo.click();
  await expect(undo).toHaveCount(0);
  await page.goBack();
  await expect(row(page, "Rehearsal: Gone by mistake")).toBeVisible();

  await page.setViewportSize({ width: 390, height: 800 });
  await page.getByRole("button", { name: "Show conversations" }).click();
  await menuOf(page, "Rehearsal: Gone by mistake");
  await act(page, "Archive").press("Enter");
  await expect(undo).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(undo).toBeInViewport({ ratio: 1 });
  await isAccessible(page);
  await undo.click();
  await page.getByRole("button", { name: "Show conversations" }).click();
  await expect(row(page, "Rehearsal: Gone by mistake")).toBeVisible();
});

atEachWidth(() => {
  test("what fails is taken back and says so", async ({ alice: page }) => {
    await ask(page, "Stays here");
    await replyIsComplete(page, 1);
    await page.goto("/recall"); // on a phone in a drawer
    await page.route("**/graphql", (route) => (/changeConversation|removeConversation/.test(documentOf(route.request())) ? route.abort() : route.continue()));
    await menuOf(page, "Rehearsal: Stays here");
    await act(page, "Pin").press("Enter");
    await expect(page.getByRole("alert")).toContainText("Nothing was changed. The server did not answer.");
    await expect(page.getByRole("region", { name: "Pinned" })).toHaveCount(0);
    await isAccessible(page);
    await fits(page);
    await menuOf(page, "Rehearsal: Stays here");
    await act(page, "Remove").press("Enter");
    await expect(page.getByRole("alert")).toContainText("It was not removed.");
    await expect(row(page, "Rehearsal: Stays here")).toBeVisible();
    await expect(page.getByRole("button", { name: "Undo" })).toHaveCount(0);
  });
});

test("a conversation is kept as a file", async ({ alice: page }) => {
  await begin(page, "Rehearsal: Keep me");
  for (const [name, ending] of [["Markdown", "md"], ["JSON", "json"], ["ChatGPT’s format", "json"]] as const) {
    await menuOf(page, "Rehearsal: Keep me");
    const coming = page.waitForEvent("download");
    await act(page, name).click();
    expect((await coming).suggestedFilename()).toMatch(new RegExp(`Keep me.*\\.${ending}$`));
  }
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

  test("the drawer does it all by touch", async ({ alice: page }) => {
    await ask(page, "Small screen");
    await replyIsComplete(page, 1);
    await page.goto("/recall");
    await row(page, "Small screen").getByRole("button", { name: /^What to do/ }).tap();
    await expect(act(page, "Remove")).toBeInViewport({ ratio: 1 });
    await isAccessible(page);
    await act(page, "Remove").tap();
    await page.getByRole("button", { name: "Undo" }).tap();
    await expect(row(page, "Small screen")).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });
});

test("a stranger lists, opens and exports nothing of it", async ({ alice, server, browser }) => {
  await begin(alice, "Rehearsal: Mine alone");
  const context = await browser.newContext({ baseURL: server.url });
  const stranger = await context.newPage();
  await signIn(stranger, await server.key("stranger to the list"));
  await stranger.goto("/recall");
  await expect(conversations(stranger)).toContainText("No conversations yet");
  const id = new URL(alice.url()).pathname.split("/").at(-1) ?? "";
  expect((await stranger.request.get(`/exports?format=json&conversation=${id}`)).status()).toBe(404);
  expect((await (await context.browser()?.newContext({ baseURL: server.url }))?.request.get("/exports?format=json"))?.status()).toBe(401);
  await context.close();
  await expect(prompt(alice)).toBeVisible();
});
