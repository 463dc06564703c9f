import type { Browser, Locator, Page, Request } from "@playwright/test";

import { ask, expect, isAccessible, needsChromium, replies, replyIsComplete, test, transcript } from "./story";

needsChromium();

const REPLY = [
  "## מה זה? שלום עולם",
  "- ראשון\n- שני עם `code` בפנים",
  "مرحبا بالعالم: \\(a^2 + b^2 = c^2\\)",
  "The sum:",
  "\\[\n\\sum_{n=1}^{\\infty} \\frac{1}{n^2}\n= \\frac{\\pi^2}{6}\n\\]",
  "```python\n# A comment\ndef greet(name: str) -> str:\n    return f'Hello {name}' + str(42)\n```",
  `| ${Array.from({ length: 14 }, (_, index) => `column ${index}`).join(" | ")} |\n|${"---|".repeat(14)}\n| ${Array.from({ length: 14 }, (_, index) => `value-${index}`).join(" | ")} |`,
  "A-very-long-word-".repeat(20),
  "![A cat](https://example.org/cat.png) and [a link](https://example.org).",
  "> A quotation\n\n1. one\n2. two\n   - inner\n\n- [x] done\n- [ ] open",
].join("\n\n");

async function opened(page: Page, server: { write: (url: string, turns: { prompt: string; reply: string }[]) => Promise<void> }) {
  await ask(page, "Hello");
  await replyIsComplete(page, 1);
  await server.write(page.url(), [{ prompt: "שלום! מה קורה?", reply: REPLY }]);
  await page.reload();
  await expect(replies(page)).toHaveCount(2);
  await expect(transcript(page).locator("math[display=block]")).toHaveCount(1);
}

test("tables, code, formulas and every direction of writing are drawn", async ({ alice, server, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await opened(alice, server);
  await expect(transcript(alice).getByText("def", { exact: true })).toHaveCSS("color", /rgb/);
  await expect(alice.getByRole("group", { name: "python" })).toContainText("def greet");
  const keyword = transcript(alice).locator(".hljs-keyword").first();
  const plain = alice.getByRole("group", { name: "python" });
  expect(await keyword.evaluate((each) => getComputedStyle(each).color)).not.toBe(await plain.evaluate((each) => getComputedStyle(each).color));
  await alice.getByRole("button", { name: "Copy code" }).last().click();
  expect(await alice.evaluate(() => navigator.clipboard.readText())).toContain("return f'Hello {name}'");
  const item = transcript(alice).getByRole("listitem").filter({ hasText: "ראשון" });
  expect(await item.evaluate((each) => getComputedStyle(each.parentElement ?? each).direction)).toBe("rtl");
  await isAccessible(alice);
});

test("replies are shown as plain text or as JSON, also after a reload", async ({ alice, server }) => {
  await opened(alice, server);
  await alice.getByRole("button", { name: "Replies shown as rich text" }).click();
  await isAccessible(alice);
  await alice.getByRole("menuitemradio", { name: /^Plain text/ }).click();
  await expect(transcript(alice)).toContainText("![A cat](https://example.org/cat.png)");
  await alice.getByRole("button", { name: "Replies shown as plain text" }).click();
  await alice.getByRole("menuitemradio", { name: /^JSON/ }).click();
  await alice.reload();
  await expect(alice.getByRole("group", { name: "json" })).toHaveCount(2);
  await expect(async () => {
    const shown = JSON.parse((await alice.getByRole("group", { name: "json" }).last().textContent()) ?? "") as object;
    expect(shown).toMatchObject({ conversation_id: alice.url().split("/").at(-1), message: { content: { parts: [REPLY] } }, state: "FINISHED" });
  }).toPass({ timeout: 10_000 });
  await isAccessible(alice);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

  test("wide tables, code and words stay inside", async ({ alice, server }) => {
    await opened(alice, server);
    expect(await alice.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    expect(await transcript(alice).evaluate((view) => view.scrollWidth - view.clientWidth)).toBe(0);
    await isAccessible(alice);
  });
});

/** What a browser fetches that has kept nothing but the session, in bytes as they are packed for every browser. */
async function scriptsOf(browser: Browser, signedIn: Page, address: string, shown: (page: Page) => Locator): Promise<{ names: string; bytes: number }> {
  const storageState = await signedIn.context().storageState();
  const context = await browser.newContext({ storageState, extraHTTPHeaders: { "accept-encoding": "gzip" } });
  const page = await context.newPage();
  const scripts: Request[] = [];
  page.on("requestfinished", (request) => {
    if (request.resourceType() === "script" || request.url().endsWith(".js")) scripts.push(request);
  });
  await page.goto(address);
  await expect(shown(page)).toBeVisible();
  const answers = await Promise.all(scripts.map((each) => each.response()));
  const packed = answers.map((answer) => answer?.headers()["content-encoding"]);
  expect(packed).toContain("gzip");
  expect(packed).not.toContain("br");
  const sizes = await Promise.all(scripts.map(async (each) => (await each.sizes()).responseBodySize));
  await context.close();
  return { names: scripts.map((each) => each.url()).join(" "), bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

test("the first load stays within 150 kB of JavaScript, and within 200 up to a reply as rich text", async ({ alice, server, browser }) => {
  const app = alice.waitForResponse(/\/assets\/app-.*\.js$/);
  await alice.reload();
  expect((await app).headers()["content-encoding"]).toBe("br");

  const first = await scriptsOf(browser, alice, alice.url(), (page) => page.getByRole("heading", { name: "What would you like to know?" }));
  expect(first.names).not.toContain("/assets/MarkdownBlock");
  expect(first.bytes).toBeGreaterThan(100_000);
  expect(first.bytes).toBeLessThanOrEqual(150_000);

  await ask(alice, "Hello");
  await replyIsComplete(alice, 1);
  await server.write(alice.url(), [{ prompt: "A list", reply: "Some **bold** words:\n\n- one\n- two" }]);
  const rich = await scriptsOf(browser, alice, alice.url(), (page) => transcript(page).getByRole("listitem").filter({ hasText: "two" }));
  expect(rich.names).toContain("/assets/MarkdownBlock");
  expect(rich.bytes).toBeLessThanOrEqual(200_000);
});
