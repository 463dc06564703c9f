import type { Page } from "@playwright/test";

import { documentOf } from "./documents";
import { expect, isAccessible, needsChromium, signIn, test } from "./story";

needsChromium();

// These stories make users of every kind, which would fill the lists of others.
test.use({ house: "users" });

const table = (page: Page) => page.getByRole("table", { name: "List of users" });
const row = (page: Page, name: string) => table(page).getByRole("row", { name });
const details = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const act = (page: Page, name: string) => page.getByRole("group", { name: "Actions" }).getByRole("button", { name, exact: true });
const field = (page: Page, label: string) => page.getByRole("textbox", { name: label, exact: true });
const shown = (page: Page, label: string) => page.getByRole("group", { name: label, exact: true });

/** Make a user by the form; the key that is shown, this once. */
async function issue(page: Page, name: string): Promise<string> {
  await page.goto("/admin/add-user");
  await field(page, "Name").fill(name);
  await page.getByRole("button", { name: "Make the key" }).click();
  await expect(page.getByRole("heading", { name: `A key for ${name}` })).toBeVisible();
  return (await shown(page, "Key").locator("code").textContent()) ?? "";
}

test("an admin finds the users from the chat, adds a client, and copies a call with its key", async ({ admin, context, server, request }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const pasted = () => admin.evaluate(() => navigator.clipboard.readText());
  await admin.getByRole("link", { name: "Users" }).click();
  await expect(admin).toHaveTitle(/^Users and keys/);
  await expect(row(admin, "first admin").or(row(admin, "admin")).first()).toContainText("Admin");

  await admin.getByRole("link", { name: "Add user" }).click();
  await expect(admin.getByRole("button", { name: "Make the key" })).toBeVisible();
  await admin.getByRole("button", { name: "Make the key" }).click();
  await expect(field(admin, "Name")).toBeFocused();
  await expect(field(admin, "Name")).toHaveAccessibleDescription(/Fill this in/);
  await field(admin, "Name").fill("shop");
  await admin.getByRole("radio", { name: "Client" }).check();
  await admin.getByRole("checkbox", { name: "Allow Plus" }).check();
  await field(admin, "Own id optional").fill("shop-1");
  await admin.getByRole("combobox", { name: "Expires" }).selectOption("In 90 days");
  await admin.getByRole("button", { name: "Make the key" }).click();

  await expect(shown(admin, "Key")).toBeFocused();
  await isAccessible(admin);
  await admin.getByRole("button", { name: "Copy: Key" }).click();
  const key = await pasted();
  expect(key).toMatch(/^cas_\w{40,}$/);
  for (const language of ["curl", "Python", "JavaScript", "GraphQL"]) {
    await admin.getByRole("radio", { name: language }).check();
    await admin.getByRole("button", { name: "Copy", exact: true }).click();
    await expect.poll(pasted).toContain(key);
  }
  // The key works, and is kept nowhere.
  const answer = await request.get(`${server.url}/v1/models`, { headers: { authorization: `Bearer ${key}` } });
  expect(answer.status()).toBe(200);
  await admin.getByRole("link", { name: "Show the user" }).click();
  await expect(details(admin, "shop")).toContainText(/Client.*Plus.*shop-1/s);
  await expect(details(admin, "shop").getByRole("list", { name: "Keys of shop" })).toContainText(/first key.*Expires in 90 days/s);
  const kept = await admin.evaluate(() =>
    [JSON.stringify(localStorage), JSON.stringify(sessionStorage), JSON.stringify(history.state), document.documentElement.outerHTML].join(),
  );
  expect(kept).not.toContain(key);

  await admin.goto("/admin/add-user");
  await field(admin, "Name").fill("another shop");
  await field(admin, "Own id optional").fill("shop-1");
  await admin.getByRole("button", { name: "Make the key" }).click();
  await expect(field(admin, "Own id optional")).toHaveAccessibleDescription(/of that name or id already/);
  await expect(field(admin, "Own id optional")).toBeFocused();
});

test("a user is renamed, given Plus, disabled, enabled and removed, each at once", async ({ admin, browser, server }) => {
  const key = await issue(admin, "carol");
  await admin.getByRole("link", { name: "Show the user" }).click();
  await expect(admin.getByRole("heading", { name: "carol" })).toBeFocused();
  await isAccessible(admin);

  await act(admin, "Edit").click();
  await isAccessible(admin);
  await field(admin, "Name").fill("Carol Brown");
  await admin.getByRole("radio", { name: "Client" }).check();
  await admin.getByRole("button", { name: "Save" }).click();
  await expect(row(admin, "Carol Brown")).toContainText("Client");
  await act(admin, "Allow Plus").click();
  await expect(admin.getByText("from its next prompt on")).toBeVisible();
  await expect(details(admin, "Carol Brown")).toContainText("Plus");

  const context = await browser.newContext({ baseURL: server.url });
  const carol = await context.newPage();
  await signIn(carol, key);
  await act(admin, "Disable").click();
  await expect(row(admin, "Carol Brown")).toContainText("Disabled");
  await carol.reload();
  await expect(carol.getByLabel("Key", { exact: true })).toBeVisible();
  await context.close();
  await act(admin, "Enable").click();
  await expect(row(admin, "Carol Brown")).toContainText("Active");

  await act(admin, "Remove").click();
  await expect(admin.getByRole("alertdialog")).toContainText("every user that it made");
  await admin.getByRole("button", { name: "Keep" }).click();
  await expect(act(admin, "Remove")).toBeFocused();
  await act(admin, "Remove").press("Enter");
  await admin.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  await expect(admin).toHaveURL(/\/admin\/users$/);
  await expect(row(admin, "Carol Brown")).toHaveCount(0);
});

test("a user gets another key, which is renamed, made to expire and revoked", async ({ admin }) => {
  await issue(admin, "dave");
  await admin.getByRole("link", { name: "Show the user" }).click();
  const keys = admin.getByRole("list", { name: "Keys of dave" }).getByRole("listitem");
  await admin.getByRole("button", { name: "Add key" }).click();
  await admin.getByRole("button", { name: "Make the key" }).click();
  await expect(field(admin, "Name of the key")).toHaveAccessibleDescription(/Fill this in/);
  await field(admin, "Name of the key").fill("laptop");
  await field(admin, "Name of the key").press("Enter");
  await expect(shown(admin, "New key")).toContainText("cas_");
  await isAccessible(admin);
  await expect(keys).toHaveCount(2);

  await admin.getByRole("button", { name: "Change “laptop”" }).click();
  await field(admin, "Name of the key").fill("old laptop");
  await admin.getByRole("combobox", { name: "Expires" }).selectOption("At a time of your choice");
  await admin.getByLabel("Expires at").fill("2020-01-01T12:00");
  await admin.getByRole("button", { name: "Save" }).click();
  await expect(admin.getByLabel("Expires at")).toHaveAccessibleDescription(/a time to come/);
  await admin.getByRole("combobox", { name: "Expires" }).selectOption("In 7 days");
  await admin.getByRole("button", { name: "Save" }).click();
  await expect(keys.filter({ hasText: "old laptop" })).toContainText("Expires in 7 days");
  await expect(admin.getByRole("button", { name: "Change “old laptop”" })).toBeFocused();
  await admin.getByRole("button", { name: "Revoke “old laptop”" }).click();
  await admin.getByRole("button", { name: "Revoke", exact: true }).click();
  await expect(keys).toHaveCount(1);
});

test("the list is searched by name and own id, filtered, and goes on behind its first page", async ({ admin, server }) => {
  await admin.evaluate(async () => {
    const query = "mutation ($input: IssueKeyInput!) { issueKey(input: $input) { key } }";
    for (let n = 0; n < 60; n += 1) {
      const input = { name: `many ${n}`, externalId: n === 7 ? "needle-7" : null };
      const body = JSON.stringify({ query, variables: { input } });
      await fetch("/graphql", { method: "POST", headers: { "content-type": "application/json" }, body });
    }
  });
  await server.key("mallory");
  await admin.goto("/admin/users");
  const search = admin.getByRole("searchbox", { name: "Name or own id" });
  await search.fill("needle");
  await expect(table(admin).getByRole("row")).toHaveCount(2);
  await expect(row(admin, "many 7")).toBeVisible();
  await search.fill("many");
  // In the order of the names.
  await expect(row(admin, "many 40")).toBeVisible();
  await table(admin).getByRole("row").last().scrollIntoViewIfNeeded();
  await expect(row(admin, "many 9")).toBeAttached();
  await expect(admin.getByText("60 users")).toBeVisible();
  await admin.getByRole("combobox", { name: "State" }).selectOption("Disabled");
  await expect(admin.getByText("Nothing matches.")).toBeVisible();
  await admin.getByRole("button", { name: "Show all" }).click();
  await expect(search).toHaveValue("");
  await admin.getByRole("combobox", { name: "Role" }).selectOption("Admin");
  await expect(row(admin, "many 9")).toHaveCount(0);
});

test("a big list is searched by any part of a name, and a client leads to the users that it made", async ({ admin, browser, server }) => {
  const key = await server.key("Ministry of Walks", "client");
  const context = await browser.newContext({ baseURL: server.url });
  const client = await context.newPage();
  await signIn(client, key);
  await issue(client, "Grace Murray-Hopper");
  await context.close();

  await admin.goto("/admin/users");
  await admin.getByRole("searchbox", { name: "Name or own id" }).fill("hopper");
  await expect(row(admin, "Grace Murray-Hopper")).toContainText("Ministry of Walks");
  await admin.getByRole("searchbox", { name: "Name or own id" }).fill("of walks");
  await admin.getByRole("link", { name: "Ministry of Walks" }).click();
  await details(admin, "Ministry of Walks").getByRole("button", { name: "Show its users" }).click();
  await expect(admin).toHaveURL(/\/admin\/users$/);
  await expect(row(admin, "Grace Murray-Hopper")).toBeVisible();
  await expect(admin.getByRole("status").filter({ hasText: /^1 user$/ })).toBeVisible();
  await isAccessible(admin);
  await admin.getByRole("combobox", { name: "Made by" }).selectOption("Made by anybody");
  await expect(admin.getByRole("combobox", { name: "Made by" })).toHaveCount(0);
  await admin.getByRole("searchbox", { name: "Name or own id" }).fill("of walks");
  await expect(table(admin).getByRole("rowheader")).toHaveText(["Ministry of Walks"]);
});

test("what was typed of a new user waits while its admin signs in again, and for nobody else", async ({ page, server }) => {
  const key = await server.key("Ines", "admin");
  const name = field(page, "Name");
  const typed = async () => {
    await signIn(page, key);
    await page.goto("/admin/add-user");
    await name.fill("Half a name");
    await page.getByRole("radio", { name: "Client" }).check();
    await page.context().clearCookies();
    await page.getByRole("button", { name: "Make the key" }).click();
    await expect(page.getByText("You were signed out")).toBeVisible();
  };
  await typed();
  await page.getByLabel("Key", { exact: true }).fill(key);
  await page.keyboard.press("Enter");
  await expect(name).toHaveValue("Half a name");
  await expect(page.getByRole("radio", { name: "Client" })).toBeChecked();
  await page.getByRole("link", { name: "Users", exact: true }).click();
  await page.getByRole("link", { name: "Add user" }).click();
  await expect(name).toHaveValue("");

  await typed();
  await page.getByLabel("Key", { exact: true }).fill(await server.key("Otto", "admin"));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Signed in as Otto" })).toBeVisible();
  await page.goto("/admin/add-user");
  await expect(name).toHaveValue("");
});

test("users that do not load say so and can be tried again", async ({ admin }) => {
  await admin.route("**/graphql", (route) => (documentOf(route.request()).includes("query Users") ? route.abort() : route.continue()));
  await admin.goto("/admin/users");
  await expect(admin.getByRole("heading", { name: "The users could not be loaded" })).toBeVisible();
  await admin.unroute("**/graphql");
  await admin.getByRole("button", { name: "Try again" }).click();
  await expect(table(admin)).toBeVisible();
});

test("an old address with a key signs in, and the key leaves the address bar", async ({ page, server }) => {
  const key = await server.key("old admin", "admin");
  await page.goto(`/admin/add-user?admin=${key}`);
  await expect(page.getByRole("heading", { name: "Add user" })).toBeVisible();
  expect(page.url()).toBe(`${server.url}/admin/add-user`);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

  test("the table becomes cards, the details take its place", async ({ admin }) => {
    await issue(admin, "a user with a name that is rather long for a narrow screen");
    expect(await admin.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await isAccessible(admin);
    await admin.goto("/admin/users");
    const card = admin.getByRole("list", { name: "List of users" }).getByRole("listitem").filter({ hasText: "rather long" });
    await expect(card).toContainText(/Active.*Role.*Plan.*Created.*Last used/s);
    expect(await admin.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await card.getByRole("link").tap();
    await expect(act(admin, "Disable")).toBeVisible();
    await admin.getByRole("button", { name: "Add key" }).tap();
    await isAccessible(admin);
    expect(await admin.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });
});

test("a client sees its own branch alone, and cannot make what it may not", async ({ page, server, admin }) => {
  await issue(admin, "not of the client");
  const stranger = await admin.getByRole("link", { name: "Show the user" }).getAttribute("href");
  await page.context().clearCookies();
  await signIn(page, await server.key("branch", "client"));
  await page.goto("/admin/users");
  await expect(page.getByRole("heading", { name: "No users yet" })).toBeVisible();
  await page.getByRole("link", { name: "Add user" }).last().click();
  await expect(page.getByRole("button", { name: "Make the key" })).toBeVisible();
  await expect(page.getByRole("radio")).toHaveCount(0);
  await expect(page.getByRole("checkbox")).toHaveCount(0);
  await issue(page, "of the client");
  await page.goto("/admin/users");
  await expect(table(page).getByRole("row")).toHaveCount(2);
  await page.goto(stranger ?? "");
  await expect(details(page, "This user is not there")).toBeVisible();
  await isAccessible(page);
});

test("a stranger to the users has no such page, and learns nothing of them", async ({ alice }) => {
  await expect(alice.getByRole("link", { name: "Users" })).toHaveCount(0);
  const asked: string[] = [];
  alice.on("request", (request) => asked.push(documentOf(request)));
  for (const path of ["/admin/users", "/admin/users/user_1", "/admin/add-user"]) {
    await alice.goto(path);
    await expect(alice.getByRole("heading", { name: "This page is not for this key" })).toBeVisible();
  }
  expect(asked.join()).toContain("query Viewer");
  expect(asked.join()).not.toMatch(/query Users?\b|issueKey/);
});
