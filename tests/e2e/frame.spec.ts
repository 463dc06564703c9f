import type { Page } from "@playwright/test";

import { PAGES } from "../../frontend/src/pages";
import { settingsFrom } from "../../frontend/src/settings";
import { urlsFrom } from "../../frontend/src/urls";
import { lost, reshape, SHAPES, small } from "./enlarged";
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

test("the keyboard keeps its place: in another page, after a question that was not meant, and with a conversation that is pinned", async ({ admin }) => {
  for (const [from, to] of [["/settings", "Accounts"], ["/chat", "Users"]] as const) {
    await admin.goto(from);
    await pages(admin).getByRole("link", { name: to }).focus();
    await admin.keyboard.press("Enter");
    await expect(admin.getByRole("heading", { level: 1, name: to })).toBeVisible();
    await expect(admin.getByRole("main")).toBeFocused();
  }
  await admin.goto("/settings");
  const everywhere = admin.getByRole("button", { name: "Sign out everywhere" });
  await everywhere.focus();
  await admin.keyboard.press("Enter");
  await expect(admin.getByRole("button", { name: "Stay signed in" })).toBeFocused();
  await admin.keyboard.press("Escape");
  await expect(everywhere).toBeFocused();
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

const PHONE = { name: "a phone", width: 360, height: 900 };
const DESK = { name: "a desk", width: 1280, height: 900 };
const urls = urlsFrom(settingsFrom(null));
const addresses = [...PAGES.flatMap((page) => page.urls(urls)), urls.account("rehearsal"), urls.addAccount, "/nowhere"];

for (const [name, widths] of [["a phone", [360]], ["desks, a wide one too", [1440, 2560]]] as const) {
  test(`every page is accessible on ${name}, its bar of one line, and none is wider than it`, async ({ admin }) => {
    let bars = 0;
    for (const address of addresses) {
      await admin.setViewportSize({ width: widths[0], height: 900 });
      await admin.goto(address);
      await expect(admin.getByRole("heading", { level: 1 }).first()).toBeVisible();
      for (const width of widths) {
        await admin.setViewportSize({ width, height: 900 });
        await isAccessible(admin);
        expect(await admin.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        for (const bar of await admin.getByRole("banner").all()) {
          expect((await bar.boundingBox())?.height).toBeLessThanOrEqual(49);
          bars += 1;
        }
      }
    }
    expect(bars).toBeGreaterThan(addresses.length / 2);
  });
}

test.describe("in German", () => {
  test.use({ locale: "de-DE" });

  test("nothing is cut off and no page scrolls sideways, also enlarged, with larger text or spaced out; all is large enough to hit", async ({ admin }) => {
    for (const address of addresses) {
      await admin.goto(address);
      for (const shape of [PHONE, DESK, ...SHAPES]) {
        await reshape(admin, shape);
        await expect(admin.getByRole("heading", { level: 1 }).first()).toBeVisible();
        // A page that changes its shape is not there at once.
        await expect.poll(() => lost(admin), `${address}, ${shape.name}`).toEqual([]);
        if (shape === PHONE || shape === DESK) expect(await small(admin), `${address}, ${shape.name}`).toEqual([]);
      }
    }
  });
});

test("where the system chooses the colours, what is chosen, pressed first or floats is told apart by its lines", async ({ admin }) => {
  await admin.emulateMedia({ forcedColors: "active" });
  await admin.goto("/settings");
  const option = (name: string) => admin.locator("label").filter({ has: admin.getByRole("radio", { name }) });
  await expect(option("Deutsch")).toHaveCSS("outline-style", "none");
  await expect(option("As the browser")).toHaveCSS("outline-style", "solid");
  await expect(pages(admin).getByRole("link", { name: "Settings" })).toHaveCSS("outline-style", "solid");
  await admin.goto("/chat");
  await admin.getByRole("button", { name: /^Accounts: / }).click();
  const [edge, canvas] = await admin.getByRole("menu").evaluate((menu) => {
    const { borderTopColor, backgroundColor } = getComputedStyle(menu);
    return [borderTopColor, backgroundColor];
  });
  expect(edge).not.toBe(canvas);
  await admin.goto(urls.addUser);
  await expect(admin.getByRole("button", { name: "Make the key" })).not.toHaveCSS("background-color", canvas);
});

test("on a phone the pages are in a drawer", async ({ admin }) => {
  await admin.setViewportSize({ width: 360, height: 720 });
  await admin.goto("/settings");
  await admin.getByRole("button", { name: "Show pages" }).click();
  await isAccessible(admin);
  await admin.keyboard.press("Escape");
  await expect(admin.getByRole("button", { name: "Show pages" })).toBeFocused();
  await admin.keyboard.press("Enter");
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
