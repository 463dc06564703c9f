import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

import type { Page } from "@playwright/test";

import { documentOf } from "./documents";
import { Server } from "./server";
import { ask, atEachWidth, expect, fits, isAccessible, needsChromium, prompt, replyIsComplete, signIn, test } from "./story";

needsChromium();

const ROOT = new URL("../..", import.meta.url).pathname;
const field = (page: Page, label: string) => page.getByRole("textbox", { name: label, exact: true });
const shown = (page: Page, label: string) => page.getByRole("group", { name: label, exact: true });
const keys = (page: Page) => page.getByRole("list", { name: "My keys" }).getByRole("listitem");
const settings = (page: Page) => page.getByRole("link", { name: "Settings", exact: true });

test("a user makes itself another key, signs in with it elsewhere, and revokes it", async ({ alice, browser, server }) => {
  await settings(alice).click();
  await expect(keys(alice)).toHaveCount(1);
  await expect(keys(alice)).toContainText(/Signed in with it.*cas_\w+….*Does not expire/s);
  await alice.getByRole("button", { name: "Add key" }).click();
  await field(alice, "Name of the key").fill("phone");
  await alice.getByRole("button", { name: "Make the key" }).click();
  const key = (await shown(alice, "New key").locator("code").textContent()) ?? "";
  await alice.getByRole("radiogroup", { name: "Ready calls" }).getByRole("radio", { name: "Python" }).check();
  await expect(alice.getByRole("region", { name: "Python" })).toContainText(key);
  await isAccessible(alice);

  const context = await browser.newContext({ baseURL: server.url });
  const phone = await context.newPage();
  await signIn(phone, key);
  await alice.reload();
  await expect(alice.locator("body")).not.toContainText(key);
  await expect(alice.getByText("You are signed in on 2 browsers.")).toBeVisible();
  await alice.getByRole("button", { name: "Revoke “phone”" }).click();
  await alice.getByRole("alertdialog").getByRole("button", { name: "Revoke" }).click();
  await expect(keys(alice)).toHaveCount(1);
  await phone.reload();
  await expect(phone.getByLabel("Key", { exact: true })).toBeVisible();
  await context.close();
});

test("what was asked is counted in one's own use", async ({ ownServer }) => {
  await settings(ownServer).click();
  await expect(ownServer.getByText("Nothing was asked in the last 30 days.")).toBeVisible();
  await ownServer.getByRole("link", { name: "Chat", exact: true }).click();
  await ask(ownServer, "Hello");
  await replyIsComplete(ownServer, 1);
  await settings(ownServer).click();
  const use = ownServer.getByRole("region", { name: "My use in the last 30 days" });
  await expect(use).toContainText(/Prompts1.*1 finished, 0 stopped, 0 failed/s);
});

test("signing out everywhere ends every browser, and asks before", async ({ page, browser, server }) => {
  const key = await server.key("roamer");
  const context = await browser.newContext({ baseURL: server.url });
  const other = await context.newPage();
  await signIn(other, key);
  await signIn(page, key);
  await prompt(page).fill("a private draft");
  await settings(page).click();
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await page.getByRole("button", { name: "Stay signed in" }).click();
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain("private");
  await other.reload();
  await expect(other.getByLabel("Key", { exact: true })).toBeVisible();
  await context.close();
});

test("the key that signed one in is revoked, and one is signed out", async ({ alice }) => {
  await settings(alice).click();
  await alice.getByRole("button", { name: /^Revoke “/ }).click();
  await expect(alice.getByRole("alertdialog")).toContainText("you are signed out here as well");
  await alice.getByRole("button", { name: "Revoke", exact: true }).click();
  await expect(alice).toHaveURL(/\/sign-in$/);
});

atEachWidth(() => {
  test("e-mail and password give an access token, shown this once; a wrong password is told", async ({ page }) => {
    const upstream = await rehearse();
    const server = await Server.start(["rehearsal"], "own", ["own_accounts:", `  login_url: ${upstream.said("login_url")}`, `  auth_url: ${upstream.said("auth_url")}`]);
    try {
      // The old address, with a key in it.
      await page.goto(`${server.url}/access-token?user=${await server.key("olga")}`);
      await expect(page).toHaveURL(`${server.url}/access-token`);
      await page.getByRole("button", { name: "Get the access token" }).click();
      await expect(field(page, "E-mail")).toBeFocused();
      await expect(field(page, "E-mail")).toHaveAccessibleDescription(/Fill this in/);
      await isAccessible(page);
      await field(page, "E-mail").fill(upstream.said("email"));
      const password = page.getByLabel("Password", { exact: true });
      await password.fill("not this one");
      await password.press("Enter");
      await expect(page.getByRole("alert").filter({ hasText: /password/i })).toBeVisible();
      await password.fill(upstream.said("password"));
      await password.press("Enter");
      await expect(shown(page, "Access token")).toContainText(/It (expires on|is shown)/);
      const token = (await shown(page, "Access token").locator("code").textContent()) ?? "";
      expect(token.length).toBeGreaterThan(20);
      await expect(password).toHaveValue("");
      await isAccessible(page);
      await fits(page);
      await page.reload();
      await expect(page.getByRole("button", { name: "Get the access token" })).toBeVisible();
      const kept = await page.evaluate(() => [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.documentElement.outerHTML].join());
      expect(kept).not.toContain(token);
    } finally {
      await server.stop();
      upstream.process.kill();
    }
  });
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

  test("everything of one's own fits", async ({ alice }) => {
    await alice.goto("/settings");
    await alice.getByRole("button", { name: "Add key" }).tap();
    await field(alice, "Name of the key").fill("a name of a key that is rather long for a narrow screen");
    await alice.getByRole("button", { name: "Make the key" }).tap();
    await expect(shown(alice, "New key")).toBeVisible();
    await isAccessible(alice);
    expect(await alice.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });
});

test("a sign-in where nobody answers says so, and a stranger reaches none of this", async ({ page }) => {
  const dead = "http://127.0.0.1:9";
  const server = await Server.start(["rehearsal"], "own", ["own_accounts:", `  login_url: ${dead}`, `  auth_url: ${dead}`]);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(documentOf(request)));
  try {
    for (const path of ["/settings", "/access-token"]) {
      await page.goto(server.url + path);
      await expect(page).toHaveURL(/\/sign-in$/);
    }
    expect(asked.join()).not.toMatch(/query Access|query Sessions|RetrieveAccessToken/);
    await page.goto(`${server.url}/access-token?user=${await server.key("olga")}`);
    await field(page, "E-mail").fill("olga@example.com");
    await page.getByLabel("Password", { exact: true }).fill("secret");
    await page.getByRole("button", { name: "Get the access token" }).click();
    await expect(page.getByRole("alert").filter({ hasText: /reach|answer/ })).toBeVisible();
  } finally {
    await server.stop();
  }
});

/** The rehearsal upstream by itself, and what it says of its addresses and its account. */
async function rehearse(): Promise<{ process: ChildProcess; said: (name: string) => string }> {
  const process = spawn(join(ROOT, ".venv/bin/python"), ["-m", "backend", "rehearse", "--port", "0"], { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] });
  let printed = "";
  await new Promise<void>((resolve, reject) => {
    process.once("exit", () => reject(new Error(`the rehearsal upstream ended:\n${printed}`)));
    process.stdout.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.includes("For settings.yaml")) resolve();
    });
  });
  return { process, said: (name) => new RegExp(String.raw`^${name}\s+(.+)$`, "m").exec(printed)?.[1] ?? "" };
}
