import type { Page } from "@playwright/test";

import { PAGES } from "../../frontend/src/pages";
import { settingsFrom } from "../../frontend/src/settings";
import { urlsFrom } from "../../frontend/src/urls";
import { ask, conversations, expect, isAccessible, needsChromium, prompt, replyIsComplete, test, transcript } from "./story";

needsChromium();

const dialog = (page: Page) => page.getByRole("dialog");
const pages = (page: Page) => page.getByRole("navigation", { name: "Pages" });

test("the keyboard does everything: keys, palette, conversations, copy, sidebar", async ({ alice, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await ask(alice, "first question");
  await replyIsComplete(alice, 1);
  await alice.keyboard.press("Control+Shift+O");
  await expect(alice).toHaveURL(/\/chat$/);
  await expect(prompt(alice)).toBeFocused();
  await ask(alice, "second question");
  await replyIsComplete(alice, 1);
  await alice.keyboard.press("Alt+ArrowDown");
  await expect(transcript(alice)).toContainText("first question");
  await alice.keyboard.press("Alt+ArrowUp");
  await expect(transcript(alice)).toContainText("second question");
  await alice.keyboard.press("Control+Shift+C");
  await expect.poll(() => alice.evaluate(() => navigator.clipboard.readText())).toContain("rehears");

  await prompt(alice).press("?");
  await expect(prompt(alice)).toHaveValue("?");
  await prompt(alice).fill("");
  await prompt(alice).blur();
  await alice.keyboard.press("?");
  await expect(dialog(alice)).toContainText("Keyboard shortcuts");
  await isAccessible(alice);
  await alice.keyboard.press("Escape");
  await expect(dialog(alice)).toHaveCount(0);
  await alice.keyboard.press("Shift+Escape");
  await expect(prompt(alice)).toBeFocused();

  await alice.keyboard.press("Control+K");
  await expect(alice.getByRole("combobox")).toBeFocused();
  await alice.keyboard.type("first");
  await isAccessible(alice);
  await alice.keyboard.press("Enter");
  await expect(transcript(alice)).toContainText("first question");
  await alice.keyboard.press("Control+K");
  await expect(alice.getByRole("combobox")).toBeFocused();
  await alice.keyboard.type("sidebar");
  await alice.keyboard.press("Enter");
  await expect(conversations(alice)).toHaveCount(0);
  await expect(dialog(alice)).toHaveCount(0);
  await alice.keyboard.press("Control+Shift+S");
  await expect(conversations(alice)).toBeVisible();
});

test("the keyboard keeps its place: in another page, and with a conversation that is pinned", async ({ admin }) => {
  for (const [from, to] of [["/settings", "Accounts"], ["/chat", "Users"]] as const) {
    await admin.goto(from);
    await pages(admin).getByRole("link", { name: to }).focus();
    await admin.keyboard.press("Enter");
    await expect(admin.getByRole("heading", { level: 1, name: to })).toBeVisible();
    await expect(admin.getByRole("main")).toBeFocused();
  }
  await admin.goto("/chat");
  await ask(admin, "Keep me");
  await replyIsComplete(admin, 1);
  const menu = conversations(admin).getByRole("button", { name: /^What to do with/ });
  await menu.focus();
  await admin.keyboard.press("Enter");
  await admin.getByRole("menuitem", { name: "Pin" }).focus();
  await admin.keyboard.press("Enter");
  await expect(admin.getByRole("menuitem", { name: "Pin" })).toHaveCount(0);
  await expect(menu).toBeFocused();
});

test("Escape stops a reply", async ({ ownServer }) => {
  await ask(ownServer, "/rehearse slow 20");
  await expect(ownServer.getByRole("button", { name: "Stop the reply" })).toBeVisible();
  await ownServer.keyboard.press("Escape");
  await expect(ownServer.getByText("Stopped", { exact: true })).toBeVisible();
});

test("language and theme are chosen, stay on the device, and reach every page", async ({ admin }) => {
  await pages(admin).getByRole("link", { name: "Settings" }).click();
  await expect(admin.getByRole("radio", { name: "Deutsch" })).toBeVisible();
  await admin.getByRole("radio", { name: "Deutsch" }).check();
  await expect(admin.getByRole("heading", { name: "Einstellungen" })).toBeVisible();
  await expect(admin.locator("html")).toHaveAttribute("lang", "de");
  await admin.getByRole("radio", { name: "Dunkel" }).check();
  await expect(admin.locator("html")).toHaveCSS("color-scheme", "dark");
  await isAccessible(admin);
  await admin.reload();
  await expect(admin.getByRole("radio", { name: "Dunkel" })).toBeChecked();
  await admin.getByRole("link", { name: "Konten" }).click();
  await expect(admin.getByRole("heading", { name: "Konten" })).toBeVisible();
  await expect(admin.getByText("1 Konto", { exact: true })).toBeVisible();
  await admin.getByRole("link", { name: "Chat", exact: true }).click();
  await expect(admin.getByRole("textbox", { name: "Prompt" })).toHaveAttribute("placeholder", "Prompt schreiben");
});

const urls = urlsFrom(settingsFrom(null));
const addresses = [...PAGES.flatMap((page) => page.urls(urls)), urls.account("rehearsal"), urls.addAccount, "/nowhere"];

for (const [name, widths] of [["a phone", [360]], ["desks, a wide one too", [1440, 2560]]] as const) {
  test(`every page is accessible on ${name}, and none is wider than it`, async ({ admin }) => {
    for (const address of addresses) {
      await admin.setViewportSize({ width: widths[0], height: 900 });
      await admin.goto(address);
      await expect(admin.getByRole("heading", { level: 1 }).first()).toBeVisible();
      for (const width of widths) {
        await admin.setViewportSize({ width, height: 900 });
        await isAccessible(admin);
        expect(await admin.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      }
    }
  });
}

test.describe("in German", () => {
  test.use({ locale: "de-DE" });

  test("no page is wider than its screen, and no link to a page and no button is longer than its room", async ({ admin }) => {
    const words = 'nav[aria-label="Seiten"] :is(a, span), button, a[class*="button"]';
    for (const address of addresses) {
      await admin.goto(address);
      for (const width of [360, 1280]) {
        await admin.setViewportSize({ width, height: 900 });
        await expect(admin.getByRole("heading", { level: 1 }).first()).toBeVisible();
        const tooLong = (of: string) =>
          [...document.querySelectorAll<HTMLElement>(of)]
            .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth)
            .map((each) => each.ariaLabel ?? each.textContent);
        // A page that changes its shape is not there at once.
        await expect.poll(() => admin.evaluate(tooLong, words), `${address} at ${width}`).toEqual([]);
        expect(await admin.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      }
    }
  });
});

test("on a phone the pages are in a drawer", async ({ admin }) => {
  await admin.setViewportSize({ width: 360, height: 720 });
  await admin.goto("/settings");
  await admin.getByRole("button", { name: "Show pages" }).click();
  await isAccessible(admin);
  await pages(admin).getByRole("link", { name: "Accounts" }).click();
  await expect(admin.getByRole("heading", { name: "Accounts" })).toBeVisible();
});

test("a stranger finds neither pages nor shortcuts", async ({ page }) => {
  await page.goto("/settings");
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.keyboard.press("Control+K");
  await expect(pages(page)).toHaveCount(0);
  await expect(dialog(page)).toHaveCount(0);
});
