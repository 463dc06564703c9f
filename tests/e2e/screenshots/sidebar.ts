import type { Page } from "@playwright/test";

import { conversations, expect, prompt } from "../story";
import { writeConversations } from "./houses";
import { type Shot, urls } from "./shots";
import type { Stage } from "./stage";

const found = (page: Page, title: string | RegExp) => conversations(page).getByRole("listitem").filter({ hasText: title });

async function recalled(page: Page, stage: Stage): Promise<void> {
  await stage.made("conversations", async () => {
    await writeConversations(stage, "user");
    return "";
  });
  await page.goto(urls.recall);
  await expect(page.getByRole("listitem").filter({ hasText: "Hash tables" })).toBeVisible();
}

async function view(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: /^Shown:/ }).press("Enter");
  await page.getByRole("menuitemradio", { name }).click();
}

/** The conversations beside the chat, or in a drawer, and what opens over any page. */
export const SIDEBAR: readonly Shot[] = [
  {
    name: "empty",
    who: "client",
    at: urls.recall,
    reach: (page) => expect(conversations(page)).toContainText("No conversations yet"),
  },
  { name: "recall", whole: true, who: "user", at: urls.recall, reach: recalled, abroad: recalled },
  {
    name: "views",
    alike: true,
    who: "user",
    reach: async (page, stage) => {
      await recalled(page, stage);
      await page.getByRole("button", { name: /^Shown:/ }).press("Enter");
      await expect(page.getByRole("menuitemradio").first()).toBeVisible();
    },
  },
  {
    name: "archived",
    who: "user",
    reach: async (page, stage) => {
      await recalled(page, stage);
      await view(page, "Archived");
      await expect(found(page, "Minutes of the meeting")).toBeVisible();
    },
  },
  {
    name: "menu",
    who: "user",
    reach: async (page, stage) => {
      await recalled(page, stage);
      await found(page, "Letter to").getByRole("button", { name: /^What to do with/ }).press("Enter");
      await expect(page.getByRole("menu")).toBeVisible();
    },
  },
  {
    name: "rename",
    alike: true,
    who: "user",
    reach: async (page, stage) => {
      await recalled(page, stage);
      await found(page, "Letter to").getByRole("button", { name: /^What to do with/ }).press("Enter");
      await page.getByRole("menuitem", { name: "Rename" }).click();
      await expect(page.getByRole("textbox", { name: /^New title/ })).toBeFocused();
    },
  },
  {
    name: "tags",
    who: "user",
    reach: async (page, stage) => {
      await recalled(page, stage);
      await found(page, "Letter to").getByRole("button", { name: /^What to do with/ }).press("Enter");
      await page.getByRole("menuitem", { name: "Tags" }).click();
      await expect(page.getByRole("dialog", { name: /^Tags of/ }).getByRole("listitem")).toHaveCount(2);
    },
  },
  {
    name: "removed",
    alike: true,
    who: "user",
    reach: async (page, stage) => {
      await recalled(page, stage);
      await found(page, "Recipe for").getByRole("button", { name: /^What to do with/ }).press("Enter");
      await page.getByRole("menuitem", { name: "Remove" }).click();
      await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
    },
    leave: async (page) => {
      await page.getByRole("button", { name: "Undo" }).click();
      await expect(found(page, "Recipe for")).toBeVisible();
    },
  },
  {
    name: "search",
    who: "user",
    reach: async (page, stage) => {
      await recalled(page, stage);
      await page.getByRole("textbox", { name: "Search titles and texts" }).fill("moon");
      await expect(page.getByRole("region", { name: "Found" }).getByRole("link").first()).toBeVisible();
    },
  },
  {
    name: "searchNothing",
    alike: true,
    who: "user",
    reach: async (page, stage) => {
      await recalled(page, stage);
      await page.getByRole("textbox", { name: "Search titles and texts" }).fill("zebra");
      await expect(page.getByText("Nothing has all of “zebra”.")).toBeVisible();
    },
  },
  {
    name: "palette",
    reach: async (page) => {
      await expect(prompt(page)).toBeVisible();
      await page.keyboard.press("Control+K");
      await expect(page.getByRole("combobox")).toBeFocused();
    },
  },
  {
    name: "keys",
    reach: async (page) => {
      await expect(prompt(page)).toBeVisible();
      await prompt(page).blur();
      await page.keyboard.press("?");
      await expect(page.getByRole("dialog")).toContainText("Keyboard shortcuts");
    },
  },
];
