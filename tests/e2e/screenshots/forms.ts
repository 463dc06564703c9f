import type { Page } from "@playwright/test";

import { expect } from "../story";
import { talk } from "./houses";
import { opened, type Shot, unready, urls } from "./shots";

const named = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });

async function importFiles(page: Page, names: readonly string[], id: number): Promise<void> {
  const content = JSON.stringify([talk("Letters from the coast", 3, id), { id: "22222222-2222-4333-8444-555555555555", title: "Nothing here", mapping: {} }]);
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose files" }).press("Enter");
  await (await choosing).setFiles(names.map((name) => ({ name, mimeType: "application/json", buffer: Buffer.from(content) })));
}

const inView = (page: Page, heading: string) => page.getByRole("heading", { name: heading, exact: true }).evaluate((each) => each.scrollIntoView({ block: "center" }));

export const SETTINGS: readonly Shot[] = [
  { name: "", whole: true, reach: (page) => expect(page.getByRole("list", { name: "My keys" })).toBeVisible(), abroad: opened },
  {
    name: "newKey",
    reach: async (page) => {
      await page.getByRole("button", { name: "Add key" }).click();
      await named(page, "Name of the key").fill("laptop");
      await page.getByRole("button", { name: "Make the key" }).click();
      await expect(page.getByRole("group", { name: "New key" })).toBeVisible();
    },
  },
  {
    name: "revoke",
    alike: true,
    who: "user",
    reach: async (page) => {
      await page.getByRole("button", { name: /^Revoke “/ }).first().click();
      await expect(page.getByRole("alertdialog")).toBeVisible();
    },
  },
  {
    name: "signOutEverywhere",
    reach: async (page) => {
      await page.getByRole("button", { name: "Sign out everywhere" }).click();
      await expect(page.getByRole("alertdialog")).toBeVisible();
    },
  },
  {
    name: "transfers",
    whole: true,
    reach: async (page) => {
      await expect(page.getByRole("button", { name: "Choose files" })).toBeVisible();
      await inView(page, "Import and export");
    },
    abroad: async (page) => {
      await expect(page.getByRole("button", { name: "Dateien wählen" })).toBeVisible();
      await inView(page, "Import und Export");
    },
  },
  {
    name: "importing",
    before: (page) => page.route("**/imports", () => undefined),
    reach: async (page) => {
      await importFiles(page, ["conversations-000.json", "conversations-001.json"], 77);
      await expect(page.getByRole("progressbar")).toBeVisible();
      await inView(page, "Export all conversations");
    },
  },
  {
    name: "imported",
    reach: async (page) => {
      await importFiles(page, ["conversations.json"], 78);
      await expect(page.getByRole("status").filter({ hasText: "imported." })).toBeVisible();
      await inView(page, "Export all conversations");
    },
  },
  ...unready("query Access(", { loading: "Loading", failed: "The keys and the use could not be loaded" }),
];

export const ACCESS_TOKEN: readonly Shot[] = [
  { name: "", whole: true, reach: opened, abroad: opened },
  {
    name: "wrongPassword",
    alike: true,
    house: "own",
    reach: async (page) => {
      await named(page, "E-mail").fill("mine@example.org");
      await page.getByLabel("Password", { exact: true }).fill("not this one");
      await page.getByRole("button", { name: "Get the access token" }).click();
      await expect(page.getByRole("alert").filter({ hasText: /password/i })).toBeVisible();
    },
  },
  {
    name: "got",
    house: "own",
    reach: async (page) => {
      await named(page, "E-mail").fill("mine@example.org");
      await page.getByLabel("Password", { exact: true }).fill("correct horse");
      await page.getByRole("button", { name: "Get the access token" }).click();
      await expect(page.getByRole("group", { name: "Access token" })).toBeVisible();
    },
  },
];

export const ADD_USER: readonly Shot[] = [
  { name: "", whole: true, reach: (page) => expect(named(page, "Name")).toBeVisible(), abroad: opened },
  {
    name: "issued",
    whole: true,
    house: "fresh",
    reach: async (page) => {
      await named(page, "Name").fill("Harbour bot");
      await page.getByRole("radio", { name: "Client" }).check();
      await page.getByRole("button", { name: "Make the key" }).click();
      await expect(page.getByRole("heading", { name: "A key for Harbour bot" })).toBeVisible();
    },
    abroad: async (page) => {
      await named(page, "Name").fill("Hafen-Bot");
      await page.getByRole("button", { name: "Schlüssel anlegen" }).click();
      await expect(page.getByRole("heading", { name: "Ein Schlüssel für Hafen-Bot" })).toBeVisible();
    },
  },
  {
    name: "mistakes",
    alike: true,
    reach: async (page) => {
      await page.getByRole("button", { name: "Make the key" }).click();
      await expect(page.getByText("Fill this in.").first()).toBeVisible();
    },
  },
];

/** Addresses that no page of the registry has. */
export const OTHERS: Record<string, readonly Shot[]> = {
  signIn: [
    { name: "", whole: true, who: "stranger", at: urls.signIn, reach: opened, abroad: opened },
    {
      name: "refused",
      who: "stranger",
      at: urls.signIn,
      reach: async (page) => {
        await page.getByLabel("Key", { exact: true }).fill("cas_notakeyofthisserver");
        await page.getByRole("button", { name: "Sign in" }).click();
        await expect(page.getByRole("alert")).toBeVisible();
      },
    },
  ],
  notFound: [{ name: "", at: "/nowhere", reach: (page) => expect(page.getByRole("heading", { name: "There is no such page" })).toBeVisible() }],
  notAllowed: [{ name: "", who: "user", at: urls.accounts, reach: (page) => expect(page.getByRole("heading", { name: "This page is not for this key" })).toBeVisible() }],
  unreachable: [
    {
      name: "",
      who: "user",
      at: urls.chat,
      before: (page) => page.route("**/graphql", (route) => route.abort()),
      reach: (page) => expect(page.getByRole("heading", { name: "The server does not answer" })).toBeVisible(),
    },
  ],
};
