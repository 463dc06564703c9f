import type { Page } from "@playwright/test";

import { documentOf } from "../documents";
import { expect } from "../story";
import { tireFleet, writeUse } from "./houses";
import { opened, type Shot, unready, urls } from "./shots";
import { NAMES, type Stage } from "./stage";

const tireless = (stage: Stage) =>
  stage.made("fleet", async () => {
    await tireFleet(stage);
    return "";
  });
const used = (stage: Stage) =>
  stage.made("use", async () => {
    await writeUse(stage);
    return "";
  });

const act = (page: Page, name: string) => page.getByRole("group", { name: "Actions" }).getByRole("button", { name, exact: true });

/** The panel of an account of the fleet. */
const panel = (name: string, account: string, more: (page: Page) => Promise<void> = () => Promise.resolve(), leave?: Shot["leave"]): Shot => ({
  name,
  house: "fleet",
  at: urls.account(account),
  before: (_, stage) => tireless(stage),
  reach: async (page) => {
    await expect(page.getByRole("heading", { name: account })).toBeVisible();
    await expect(page.getByText("Not used in the last 30 days.").or(page.getByRole("slider"))).toBeVisible();
    await more(page);
  },
  ...(leave === undefined ? {} : { leave }),
});

const looked = (...given: Parameters<typeof panel>): Shot => ({ ...panel(...given), alike: true });

/** What the page sends gets no answer. */
const unanswered = (page: Page, mutation: string) =>
  page.route("**/graphql", (route) => (documentOf(route.request()).includes(mutation) ? undefined : route.continue()));

export const ACCOUNTS: readonly Shot[] = [
  {
    name: "list",
    whole: true,
    house: "fleet",
    before: (_, stage) => tireless(stage),
    reach: (page) => expect(page.getByText("Needs attention").last()).toBeVisible(),
    abroad: opened,
  },
  {
    name: "panel",
    whole: true,
    at: urls.account("rehearsal"),
    before: (_, stage) => used(stage),
    reach: (page) => expect(page.getByRole("slider")).toBeVisible(),
    abroad: (page) => expect(page.getByRole("slider")).toBeVisible(),
  },
  panel("attention", "archive"),
  panel("resting", "night-shift"),
  panel("disabled", "old-desk"),
  panel("testing", "reading-room", async (page) => {
    await unanswered(page, "mutation TestAccount(");
    await act(page, "Test").click();
    await expect(page.getByText("Testing")).toBeVisible();
  }),
  looked("tested", "reading-room", async (page) => {
    await act(page, "Test").click();
    await expect(page.getByText(/^Answers, .* s$/)).toBeVisible();
  }),
  looked("proxyDown", "lab", async (page) => {
    await act(page, "Check proxy").click();
    await expect(page.getByText(/^Proxy down, /)).toBeVisible();
  }),
  looked("rest", "reading-room", async (page) => {
    await act(page, "Rest").click();
    await page.getByRole("menuitem", { name: /^Until/ }).click();
    await expect(page.getByLabel("Rest until")).toBeFocused();
  }),
  looked("remove", "lab", async (page) => {
    await act(page, "Remove").click();
    await expect(page.getByRole("alertdialog")).toBeVisible();
  }),
  {
    name: "form",
    whole: true,
    at: urls.addAccount,
    reach: (page) => expect(page.getByRole("heading", { name: "Add account" })).toBeVisible(),
    abroad: opened,
  },
  {
    name: "change",
    house: "fleet",
    at: urls.changeAccount("lab"),
    before: (_, stage) => tireless(stage),
    reach: (page) => expect(page.getByRole("heading", { name: "Change “lab”" })).toBeVisible(),
  },
  {
    name: "mistakes",
    alike: true,
    at: urls.addAccount,
    reach: async (page) => {
      await page.getByRole("radio", { name: "OpenAI-compatible" }).check();
      await page.getByRole("button", { name: "Add account" }).click();
      await expect(page.getByText("Fill this in.").first()).toBeVisible();
    },
  },
  ...unready("subscription AccountStates", { loading: "Loading accounts", failed: "The accounts could not be loaded" }),
];

export const USERS: readonly Shot[] = [
  {
    name: "list",
    whole: true,
    before: (_, stage) => used(stage),
    reach: (page) => expect(page.getByRole("link", { name: "Heidi" })).toBeVisible(),
    abroad: (page) => expect(page.getByRole("link", { name: "Heidi" })).toBeVisible(),
  },
  {
    name: "panel",
    whole: true,
    reach: async (page) => {
      await page.getByRole("link", { name: NAMES.admin, exact: true }).click();
      await expect(page.getByRole("list", { name: "My keys" })).toBeVisible();
    },
    abroad: async (page) => {
      await page.getByRole("link", { name: NAMES.admin, exact: true }).click();
      await expect(page.getByRole("list", { name: "Meine Schlüssel" })).toBeVisible();
    },
  },
  {
    name: "newKey",
    reach: async (page) => {
      await page.getByRole("link", { name: "Carol Brown" }).click();
      await page.getByRole("button", { name: "Add key" }).click();
      await page.getByRole("textbox", { name: "Name of the key" }).fill("laptop");
      await page.getByRole("button", { name: "Make the key" }).click();
      await expect(page.getByRole("group", { name: "New key" })).toBeVisible();
    },
  },
  {
    name: "edit",
    alike: true,
    reach: async (page) => {
      await page.getByRole("link", { name: "Erin" }).click();
      await act(page, "Edit").click();
      await expect(page.getByRole("button", { name: "Save" })).toBeVisible();
    },
  },
  {
    name: "remove",
    alike: true,
    reach: async (page) => {
      await page.getByRole("link", { name: "Dave" }).click();
      await act(page, "Remove").click();
      await expect(page.getByRole("alertdialog")).toBeVisible();
    },
  },
  {
    name: "nothing",
    alike: true,
    reach: async (page) => {
      await page.getByRole("searchbox", { name: "Name or own id" }).fill("zebra");
      await expect(page.getByText("Nothing matches.")).toBeVisible();
    },
  },
  { name: "empty", who: "client", reach: (page) => expect(page.getByRole("heading", { name: "No users yet" })).toBeVisible() },
  ...unready("query Users(", { loading: "Loading users", failed: "The users could not be loaded" }),
];

export const USE: readonly Shot[] = [
  {
    name: "total",
    whole: true,
    before: (_, stage) => used(stage),
    reach: (page) => expect(page.getByRole("slider")).toBeVisible(),
    abroad: (page) => expect(page.getByRole("slider")).toBeVisible(),
  },
  {
    name: "users",
    reach: async (page) => {
      await page.getByRole("combobox", { name: "Grouped by" }).selectOption("By user");
      await expect(page.getByRole("list", { name: "What the colours stand for" })).toBeVisible();
    },
  },
  {
    name: "figures",
    reach: async (page) => {
      await page.getByRole("combobox", { name: "Grouped by" }).selectOption("By model");
      await page.getByRole("radio", { name: "Tokens" }).check();
      await page.getByRole("slider").focus();
      await page.keyboard.press("ArrowLeft");
      await expect(page.getByRole("list", { name: "What the colours stand for" })).toBeVisible();
    },
  },
  {
    name: "download",
    alike: true,
    reach: async (page) => {
      await page.getByRole("button", { name: "Download" }).click();
      await expect(page.getByRole("menuitem").first()).toBeVisible();
    },
  },
  { name: "empty", at: urls.useOf({ model: "none-such" }), reach: (page) => expect(page.getByRole("heading", { level: 2 })).toBeVisible() },
  ...unready("query Use(", { loading: "Loading the use", failed: "The use could not be loaded" }),
];
