import type { Page } from "@playwright/test";

import { documentOf } from "./documents";
import { ask, atEachWidth, conversations, expect, fits, isAccessible, needsChromium, prompt, replies, replyIsComplete, signIn, test } from "./story";

needsChromium();

const field = (page: Page) => page.getByRole("textbox", { name: "Search titles and texts" });
const hits = (page: Page) => page.getByRole("region", { name: "Found" }).getByRole("link");

/** A conversation of so many turns, the second of which alone speaks of lighthouses. */
async function long(page: Page, write: (turns: { prompt: string; reply: string }[]) => Promise<void>, count: number): Promise<void> {
  await ask(page, "Hello");
  await replyIsComplete(page, 1);
  const turns = Array.from({ length: count }, (_, index) => ({ prompt: `Question ${index}`, reply: `Answer ${index}. `.repeat(40) }));
  await write([{ prompt: "Tell me of 🌊 lighthouses", reply: "They stand by the sea." }, ...turns]);
  await page.reload();
  await expect(page.getByText(`Question ${count - 1}`)).toBeVisible();
}

test("what was said is found, shown with its words, and opened at its turn", async ({ alice: page, server }) => {
  await long(page, (turns) => server.write(page.url(), turns), 70);
  await prompt(page).blur();
  await page.keyboard.press("/");
  await expect(field(page)).toBeFocused();
  await page.keyboard.type("lighthouses");
  await expect(hits(page)).toHaveCount(1);
  await expect(hits(page).locator("mark")).toHaveText("lighthouses");
  await isAccessible(page);
  await page.keyboard.press("ArrowDown");
  await expect(hits(page)).toBeFocused();
  await page.keyboard.press("Enter");
  const turn = replies(page).filter({ hasText: "Tell me of 🌊 lighthouses" });
  await expect(turn).toBeInViewport();
  await expect(turn).toHaveAttribute("data-found", "true");
  await expect(page.getByText("Question 69")).not.toBeInViewport();
  await field(page).press("Escape");
  await expect(field(page)).toHaveValue("");
  await expect(conversations(page).getByRole("link")).toHaveCount(1);
});

test("a hit far down in a long reply is brought into view itself, and again when it is chosen again", async ({ alice: page, server }) => {
  await ask(page, "Hello");
  await replyIsComplete(page, 1);
  const paragraphs = Array.from({ length: 150 }, (_, index) => `Paragraph ${index} of a long reply.`).join("\n\n");
  await server.write(page.url(), [{ prompt: "Tell me all", reply: `${paragraphs}\n\nThere the **xylophone** is.\n\n${paragraphs}` }]);
  await page.reload();
  await expect(prompt(page)).toBeVisible();
  await field(page).fill("xylophone");
  await expect(hits(page)).toHaveCount(1, { timeout: 20_000 });
  const word = page.getByText("xylophone", { exact: true }).and(page.locator("#transcript *"));
  for (const again of [false, true]) {
    if (again) {
      await page.getByRole("button", { name: "Go to the end" }).click();
      await expect(word).not.toBeInViewport();
    }
    await hits(page).click();
    await expect(word).toBeInViewport();
    expect(await page.evaluate(() => CSS.highlights.get("sought")?.size)).toBe(1);
  }
  await page.getByRole("button", { name: "Clear the search" }).click();
  await expect.poll(() => page.evaluate(() => CSS.highlights.has("sought"))).toBe(false);
});

test("several hits of a conversation stand under its title, with the day as the list has it", async ({ alice: page }) => {
  await ask(page, "Estuaries");
  await replyIsComplete(page, 1);
  await field(page).fill("estuaries");
  const found = page.getByRole("region", { name: "Found" });
  await expect(found.getByText(/^[23] found in 1 conversation$/)).toBeVisible();
  await expect(found.getByRole("listitem")).toHaveCount(1);
  await expect(hits(page).first()).toContainText("Today");
  await expect(hits(page).nth(1)).toHaveAccessibleName(/Estuaries/i);
  await isAccessible(page);
});

atEachWidth(() => {
  test("nothing found says what to try, a failure can be tried again", async ({ alice: page }) => {
    await ask(page, "Tides");
    await replyIsComplete(page, 1);
    await page.goto("/recall"); // on a phone in a drawer
    await field(page).fill("zebra");
    await expect(page.getByText("Nothing has all of “zebra”.")).toBeVisible();
    await isAccessible(page);
    await page.route("**/graphql", (route) => (documentOf(route.request()).includes("query Search(") ? route.abort() : route.continue()));
    await field(page).fill("tides");
    await expect(page.getByRole("alert")).toContainText("The search failed.");
    await fits(page);
    await page.unroute("**/graphql");
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(hits(page).first()).toBeVisible();
  });
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

  test("a hit closes the drawer and opens its conversation", async ({ alice: page }) => {
    await ask(page, "Harbours");
    await replyIsComplete(page, 1);
    await page.goto("/recall");
    await field(page).fill("harbours");
    await expect(hits(page).first()).toBeVisible();
    await isAccessible(page);
    await hits(page).first().tap();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(replies(page)).toContainText("Harbours");
  });
});

test("a stranger finds nothing of it", async ({ alice, server, browser }) => {
  await ask(alice, "Quicksilver");
  await replyIsComplete(alice, 1);
  await field(alice).fill("quicksilver");
  await expect(hits(alice).first()).toBeVisible();
  const context = await browser.newContext({ baseURL: server.url });
  const stranger = await context.newPage();
  await signIn(stranger, await server.key("stranger to the search"));
  await field(stranger).fill("quicksilver");
  await expect(stranger.getByText("Nothing has all of “quicksilver”.")).toBeVisible();
  await context.close();
});
