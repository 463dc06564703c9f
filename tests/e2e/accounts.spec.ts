import { act, addRehearsal, change, details, field, row, table } from "./accounts";
import { documentOf } from "./documents";
import { conversations, expect, isAccessible, needsChromium, signIn, test } from "./story";

needsChromium();

// The accounts that these stories add would answer the prompts of others.
test.use({ house: "accounts" });

test("an admin finds the accounts from the chat, and how each stands", async ({ admin }) => {
  await admin.getByRole("link", { name: "Accounts" }).click();
  await expect(admin).toHaveURL(/\/accounts$/);
  await expect(admin).toHaveTitle(/^Accounts/);
  await expect(row(admin, "rehearsal").first()).toContainText(/Ready.*Rehearsal.*Free.*0 \/ 1/);
  await admin.getByRole("searchbox", { name: "Filter by name" }).fill("nobody");
  await expect(admin.getByText("Nothing matches.")).toBeVisible();
  await admin.getByRole("button", { name: "Show all" }).click();
  await admin.getByRole("combobox", { name: "State" }).selectOption("Disabled");
  await expect(admin.getByText("Nothing matches.")).toBeVisible();
  await admin.getByRole("link", { name: "Chat", exact: true }).click();
  await expect(conversations(admin)).toBeVisible();
});

test("an account is added, tested, put to rest, woken, disabled, enabled and removed", async ({ admin }) => {
  await admin.goto("/accounts");
  await addRehearsal(admin, "night-shift");
  await expect(admin.getByRole("heading", { name: "night-shift" })).toBeFocused();
  await act(admin, "Test").click();
  await expect(admin.getByText(/^Answers, .* s$/)).toBeVisible();
  await act(admin, "Sign in again").click();
  await expect(admin.getByText("it has a new token")).toBeVisible();
  await act(admin, "Rest").click();
  await isAccessible(admin);
  await admin.getByRole("menuitem", { name: "1 hour" }).click();
  await expect(row(admin, "night-shift")).toContainText(/Resting.*Back in (1 hour|60 minutes|59 minutes)/);
  await isAccessible(admin);
  await act(admin, "Wake").click();
  await expect(row(admin, "night-shift")).toContainText("Ready");
  await act(admin, "Disable").click();
  await expect(row(admin, "night-shift")).toContainText("Disabled");
  await act(admin, "Enable").click();
  await expect(row(admin, "night-shift")).toContainText("Ready");
  await act(admin, "Remove").click();
  await isAccessible(admin);
  await admin.getByRole("button", { name: "Keep" }).click();
  await expect(act(admin, "Remove")).toBeFocused();
  await act(admin, "Remove").press("Enter");
  await admin.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  await expect(admin).toHaveURL(/\/accounts$/);
  await expect(row(admin, "night-shift")).toHaveCount(0);
});

test("an account rests until a time of one's choice, and not until one that is past", async ({ admin }) => {
  await admin.goto("/accounts");
  await addRehearsal(admin, "sleeper");
  await act(admin, "Rest").click();
  await admin.getByRole("menuitem", { name: /^Until/ }).click();
  const until = admin.getByLabel("Rest until");
  await expect(until).toBeFocused();
  await until.fill("2020-01-01T12:00");
  await admin.getByRole("button", { name: "Rest", exact: true }).last().click();
  await expect(until).toHaveAccessibleDescription(/within the next year/);
  await isAccessible(admin);
  const tomorrow = new Date(Date.now() + 40 * 3_600_000).toISOString().slice(0, 16);
  await until.fill(tomorrow);
  await until.press("Enter");
  await expect(row(admin, "sleeper")).toContainText(/Resting.*Back (in 2 days|tomorrow)/);
});

test("the form says beside each field what is wrong, and keeps no secret", async ({ admin }) => {
  await admin.goto("/accounts?add");
  await expect(admin.getByRole("heading", { name: "Add account" })).toBeFocused();
  await admin.getByRole("button", { name: "Add account" }).click();
  await expect(field(admin, "Name")).toBeFocused();
  await expect(field(admin, "Name")).toHaveAccessibleDescription(/Fill this in/);
  await admin.getByRole("radio", { name: "OpenAI-compatible" }).check();
  await field(admin, "Name").fill("lab");
  await field(admin, "Base URL").fill("nowhere");
  await field(admin, "Model").fill("some-model");
  const secret = admin.getByLabel("API key", { exact: false }).first();
  await expect(secret).toHaveAttribute("type", "password");
  await secret.fill("a-very-secret-key");
  await field(admin, "Proxy").fill("socks5://127.0.0.1:9");
  await admin.getByRole("button", { name: "Add account" }).click();
  await expect(field(admin, "Base URL")).toHaveAccessibleDescription(/[Aa]ddress/);
  await expect(field(admin, "Base URL")).toBeFocused();
  await isAccessible(admin);
  await field(admin, "Base URL").fill("http://127.0.0.1:9/v1");
  await admin.getByRole("button", { name: "Add account" }).click();
  await expect(admin).toHaveURL(/\/accounts\/lab$/);
  const kept = await admin.evaluate(() =>
    [JSON.stringify(localStorage), JSON.stringify(sessionStorage), JSON.stringify(history.state), document.documentElement.outerHTML].join(),
  );
  expect(kept).not.toContain("a-very-secret-key");

  await act(admin, "Check proxy").click();
  await expect(admin.getByText(/^Proxy down, /)).toBeVisible();
  await isAccessible(admin);
  await admin.getByRole("link", { name: "Add account" }).click();
  await admin.getByRole("radio", { name: "Rehearsal" }).check();
  await field(admin, "Name").fill("lab");
  await admin.getByRole("button", { name: "Add account" }).click();
  await expect(field(admin, "Name")).toHaveAccessibleDescription(/already/);
});

test("a new account is tested without being asked; one that is not let in stands out, and says what to do", async ({ admin, server }) => {
  await admin.goto("/accounts");
  await addRehearsal(admin, "welcome");
  await expect(admin.getByText(/^Answers, .* s$/)).toBeVisible();
  await admin.reload();
  await expect(act(admin, "Test")).toBeVisible();
  await expect(admin.getByText(/^Answers, /)).toHaveCount(0);

  await admin.getByRole("link", { name: "Add account" }).click();
  await admin.getByRole("radio", { name: "OpenAI-compatible" }).check();
  await field(admin, "Name").fill("shut-out");
  await field(admin, "Base URL").fill(`${server.url}/v1`);
  await field(admin, "Model").fill("auto");
  await admin.getByLabel("API key", { exact: false }).first().fill("not one of its keys");
  await admin.getByRole("button", { name: "Add account" }).click();
  await expect(admin.getByText(/^Does not answer, /)).toBeVisible();
  await expect(row(admin, "shut-out")).toContainText("Needs attention");
  await expect(details(admin, "shut-out")).toContainText(/Choose “Change” and enter what is valid now/);
  await isAccessible(admin);
});

test("what another admin does is shown without a reload", async ({ admin, browser, server }) => {
  await admin.goto("/accounts");
  await addRehearsal(admin, "shared");
  const context = await browser.newContext({ baseURL: server.url });
  const other = await context.newPage();
  await signIn(other, await server.key("another admin", "admin"));
  await other.goto("/accounts/shared");
  await act(other, "Disable").click();
  await expect(row(admin, "shared")).toContainText("Disabled");
  await act(other, "Remove").click();
  await other.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  await expect(details(admin, "This account is not there")).toBeVisible();
  await context.close();
});

test("the keyboard opens details and closes them where it came from", async ({ admin }) => {
  await admin.goto("/accounts");
  const link = table(admin).getByRole("link", { name: "rehearsal", exact: true });
  await link.press("Enter");
  await expect(admin.getByRole("heading", { name: "rehearsal" })).toBeFocused();
  await expect(details(admin, "rehearsal")).toContainText("It stands in settings.yaml, and is changed and removed there");
  await expect(change(admin)).toHaveCount(0);
  await admin.keyboard.press("Escape");
  await expect(admin).toHaveURL(/\/accounts$/);
  await expect(link).toBeFocused();
});

test("a plain user is told calmly, and learns nothing of the accounts", async ({ alice }) => {
  await expect(alice.getByRole("link", { name: "Accounts" })).toHaveCount(0);
  const asked: string[] = [];
  alice.on("request", (request) => asked.push(documentOf(request)));
  await alice.goto("/accounts/rehearsal?change");
  await expect(alice.getByRole("heading", { name: "This page is not for this key" })).toBeVisible();
  await isAccessible(alice);
  expect(asked.join()).toContain("query Viewer");
  expect(asked.join()).not.toMatch(/accountStates|settingsProblem/);
  await alice.getByRole("link", { name: "Go to the chat" }).click();
  await expect(conversations(alice)).toBeVisible();
});

test("accounts that do not load say so, and come by themselves once the server answers", async ({ admin }) => {
  await admin.route("**/graphql/stream", (route) => route.abort());
  await admin.goto("/accounts");
  await expect(admin.getByRole("heading", { name: "The accounts could not be loaded" })).toBeVisible();
  await isAccessible(admin);
  await admin.unroute("**/graphql/stream");
  await expect(row(admin, "rehearsal").first()).toBeVisible();
});

test("a settings file that was refused is told", async ({ admin, server }) => {
  await server.rewrite("accounts: 7\n");
  await admin.goto("/accounts");
  await expect(async () => {
    await admin.reload();
    await expect(admin.getByText("The settings file is not fully in use")).toBeVisible({ timeout: 1000 });
  }).toPass();
  await isAccessible(admin);
  await server.rewrite("database: sqlite:///record.db\naccounts:\n  - {name: rehearsal, kind: rehearsal}\n");
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

  test("the table becomes cards, the details take its place", async ({ admin }) => {
    await admin.goto("/accounts");
    const card = admin.getByRole("list", { name: "List of accounts" }).getByRole("listitem").filter({ hasText: "rehearsal" }).first();
    await expect(card).toContainText(/Ready.*Kind.*Plan.*In flight.*Waiting.*Last used.*Proxy/s);
    expect(await admin.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await card.getByRole("link").tap();
    await expect(act(admin, "Test")).toBeVisible();
    await expect(card).toHaveCount(0);
    expect(await admin.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await admin.getByRole("link", { name: "Close the details" }).tap();
    await addRehearsal(admin, "pocket");
    await expect(admin.getByRole("heading", { name: "pocket" })).toBeFocused();
    expect(await admin.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await change(admin).tap();
    await admin.getByRole("checkbox", { name: /^Plus account/ }).check();
    expect(await admin.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await admin.getByRole("button", { name: "Save" }).tap();
    await expect(details(admin, "pocket")).toContainText(/PlanPlus/);
    expect(await admin.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });
});
