import { act, addLab, change, details, field, row } from "./accounts";
import { documentOf } from "./documents";
import { Server } from "./server";
import { expect, isAccessible, needsChromium, signIn, test } from "./story";

needsChromium();

// The accounts that these stories add would answer the prompts of others.
test.use({ house: "accounts" });

test("a key that was wrong is changed where it stands, and the account is tested without being asked", async ({ admin }) => {
  const upstream = await Server.start();
  const key = await upstream.key("machine");
  await addLab(admin, "shut-out", { "Base URL": `${upstream.url}/v1` });
  await expect(row(admin, "shut-out")).toContainText("Needs attention");
  await change(admin).click();
  await expect(admin.getByRole("heading", { name: "Change “shut-out”" })).toBeFocused();
  await expect(admin).toHaveTitle(/^Change “shut-out”/);
  await expect(field(admin, "Base URL")).toHaveValue(`${upstream.url}/v1`);
  await expect(field(admin, "Name")).toHaveCount(0);
  const secret = admin.getByLabel(/^API key/);
  await isAccessible(admin);
  await secret.fill(key);
  await admin.getByRole("button", { name: "Save" }).click();
  await expect(admin).toHaveURL(/\/accounts\/shut-out$/);
  await expect(admin.getByRole("heading", { name: "shut-out" })).toBeFocused();
  await expect(admin.getByText(/^Answers, .* s$/)).toBeVisible();
  await expect(row(admin, "shut-out")).toContainText("Ready");

  await change(admin).click();
  await expect(secret).toHaveValue("");
  await expect(secret).toHaveAccessibleDescription(/Left empty it stays as it is/);
  await field(admin, "Model").fill("rehearsal");
  await admin.getByRole("button", { name: "Save" }).click();
  await expect(admin.getByText(/^Answers, .* s$/)).toBeVisible();
  expect(await admin.evaluate(() => document.documentElement.outerHTML)).not.toContain(key);
  await change(admin).click();
  await admin.getByRole("checkbox", { name: "Take its API key away" }).check();
  await expect(secret).toHaveCount(0);
  await admin.getByRole("button", { name: "Save" }).click();
  await expect(admin.getByText(/^Does not answer, /)).toBeVisible();
  await act(admin, "Disable").click();
  await upstream.stop();
});

test("a proxy is changed and taken away; what is wrong stands beside its field, and what was typed stays", async ({ admin, server }) => {
  await addLab(admin, "behind", { Proxy: "socks5://me:proxy-secret@127.0.0.1:9", "Base URL": `${server.url}/v1` });
  await expect(details(admin, "behind")).toContainText("socks5://127.0.0.1:9");
  await change(admin).press("Enter");
  await expect(field(admin, "Proxy")).toHaveValue("socks5://127.0.0.1:9");
  await expect(field(admin, "Proxy")).toHaveAccessibleDescription(/user name and password, which stay/);
  await field(admin, "Model").fill("another-model");
  await field(admin, "Proxy").fill("socks5://127.0.0.1");
  await field(admin, "Base URL").fill("");
  await admin.getByRole("button", { name: "Save" }).click();
  await expect(field(admin, "Base URL")).toBeFocused();
  await expect(field(admin, "Base URL")).toHaveAccessibleDescription(/Fill this in/);
  await field(admin, "Base URL").fill(`${server.url}/v1`);
  await admin.getByRole("button", { name: "Save" }).click();
  await expect(field(admin, "Proxy")).toBeFocused();
  await expect(field(admin, "Proxy")).toHaveAccessibleDescription(/port/);
  await isAccessible(admin);
  await field(admin, "Proxy").fill("");
  await expect(field(admin, "Proxy")).toHaveAccessibleDescription(/Without one it goes direct/);
  await admin.route("**/graphql", (route) => (documentOf(route.request()).includes("mutation ChangeAccount") ? route.abort() : route.continue()));
  await admin.getByRole("button", { name: "Save" }).click();
  await expect(admin.getByRole("alert").filter({ hasText: /\w/ })).toBeVisible();
  await expect(field(admin, "Model")).toHaveValue("another-model");
  await admin.unroute("**/graphql");
  await admin.getByRole("button", { name: "Save" }).click();
  await expect(admin).toHaveURL(/\/accounts\/behind$/);
  await expect(details(admin, "behind")).toContainText(/another-model/);
  await expect(details(admin, "behind")).not.toContainText("socks5");
  await expect(act(admin, "Check proxy")).toHaveCount(0);
});

test("who thinks better of a change comes back to the account as it was", async ({ admin, server }) => {
  await addLab(admin, "as-it-was", { "Base URL": `${server.url}/v1` });
  for (const leave of [() => admin.getByRole("button", { name: "Cancel" }).click(), () => admin.keyboard.press("Escape")]) {
    await change(admin).click();
    await field(admin, "Model").fill("never saved");
    await leave();
    await expect(admin).toHaveURL(/\/accounts\/as-it-was$/);
    await expect(admin.getByRole("heading", { name: "as-it-was" })).toBeFocused();
    await expect(details(admin, "as-it-was")).not.toContainText("never saved");
  }
  await change(admin).click();
  await expect(field(admin, "Model")).toHaveValue("some-model");
});

test("what was typed of a change waits while its admin signs in again, but for secrets", async ({ page, server }) => {
  const key = await server.key("Ines", "admin");
  await signIn(page, key);
  await page.goto("/accounts");
  await addLab(page, "waiting", { Proxy: "socks5://127.0.0.1:9", "Base URL": `${server.url}/v1` });
  await change(page).click();
  await field(page, "Model").fill("half a mod");
  await page.getByLabel(/^API key/).fill("typed-secret");
  await page.context().clearCookies();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("You were signed out")).toBeVisible();
  await page.getByLabel("Key", { exact: true }).fill(key);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/accounts\/waiting\?change/);
  await expect(field(page, "Model")).toHaveValue("half a mod");
  await expect(field(page, "Proxy")).toHaveValue("socks5://127.0.0.1:9");
  await expect(page.getByLabel(/^API key/)).toHaveValue("");
});

test("neither an account of settings.yaml nor one that is not there is changed, whatever the address says", async ({ admin }) => {
  await admin.goto("/accounts/rehearsal?change");
  await expect(details(admin, "rehearsal")).toContainText("It stands in settings.yaml");
  await expect(admin.getByRole("button", { name: "Save" })).toHaveCount(0);
  await admin.goto("/accounts/nowhere?change");
  await expect(details(admin, "This account is not there")).toBeVisible();
});

test("a user is not shown the form, nor asks for what would fill it", async ({ alice }) => {
  const asked: string[] = [];
  alice.on("request", (request) => asked.push(documentOf(request)));
  await alice.goto("/accounts/rehearsal?change");
  await expect(alice.getByRole("heading", { name: "This page is not for this key" })).toBeVisible();
  expect(asked.join()).not.toMatch(/accountStates|definition/);
});
