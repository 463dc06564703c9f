import type { Page } from "@playwright/test";

import { ask, expect, isAccessible, needsChromium, prompt, signIn, test, transcript } from "./story";

needsChromium();
// Another story's client or account would tick a step.
test.use({ house: "first-steps" });

/** By the first step: an account where nobody answers. */
async function addLab(page: Page): Promise<void> {
  await page.getByRole("region", { name: "First steps" }).getByRole("link", { name: "Add an account" }).click();
  await page.getByRole("radio", { name: "OpenAI-compatible" }).check();
  await page.getByRole("textbox", { name: "Name" }).fill("lab");
  await page.getByRole("textbox", { name: "Base URL" }).fill("http://127.0.0.1:9/v1");
  await page.getByRole("textbox", { name: "Model" }).fill("some-model");
  await page.getByRole("button", { name: "Add account" }).click();
}

test("the first admin is led to an account, a client's key and a first call, each ticked when it is done", async ({ page, server, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(server.link);
  const steps = page.getByRole("region", { name: "First steps" });
  const step = (name: string) => steps.getByRole("listitem").filter({ hasText: name });
  await expect(steps.getByRole("listitem")).toHaveCount(3);
  await expect(steps).not.toContainText("(done)");
  const rehearsal = page.getByRole("complementary", { name: "Rehearsal" });
  await expect(rehearsal.getByRole("link", { name: "Add a real account" })).toHaveAttribute("href", "/accounts?add");
  await isAccessible(page);

  await steps.getByRole("button", { name: "Show a call" }).click();
  await isAccessible(page);
  await steps.getByRole("radio", { name: "Python" }).check();
  await steps.getByRole("button", { name: "Copy", exact: true }).click();
  await expect(step("Ask by a program")).toContainText("(done)");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(`base_url="${server.url}/v1"`);

  await steps.getByRole("link", { name: "Make a key" }).click();
  await expect(page.getByRole("radio", { name: "Client" })).toBeChecked();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("bot");
  await page.getByRole("button", { name: "Make the key" }).click();
  await expect(page.getByRole("heading", { name: "A key for bot" })).toBeVisible();
  await page.getByRole("link", { name: "Chat", exact: true }).click();
  await expect(step("Make a key for a client")).toContainText("(done)");

  await addLab(page);
  await expect(page).toHaveURL(/\/accounts\/lab$/);
  await page.getByRole("link", { name: "Chat", exact: true }).click();
  await expect(prompt(page)).toBeVisible();
  await expect(steps).toHaveCount(0);

  // A tick means that the script is out of the way, also where the account cannot be reached.
  await expect(rehearsal).toHaveCount(0);
  await ask(page, "Hello?");
  await expect(transcript(page).getByText("Failed", { exact: true })).toBeVisible();
  await ask(page, "Is anybody there?");
  await expect(page.getByRole("alert")).toContainText("Your text is back in the field");
  await expect(transcript(page)).not.toContainText("rehearsal upstream");
});

test("the card stays until its last step is done, wherever that is", async ({ ownServer, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const steps = ownServer.getByRole("region", { name: "First steps" });
  await addLab(ownServer);
  await ownServer.getByRole("link", { name: "Chat", exact: true }).click();
  await steps.getByRole("link", { name: "Make a key" }).click();
  await ownServer.getByRole("textbox", { name: "Name", exact: true }).fill("bot");
  await ownServer.getByRole("button", { name: "Make the key" }).click();
  await expect(ownServer.getByRole("heading", { name: "A key for bot" })).toBeVisible();
  await ownServer.getByRole("link", { name: "Chat", exact: true }).click();
  await expect(steps.getByRole("listitem").filter({ hasText: "(done)" })).toHaveCount(2);
  await ownServer.getByRole("link", { name: "Settings", exact: true }).click();
  await ownServer.getByRole("button", { name: "Add key" }).click();
  await ownServer.getByRole("textbox", { name: "Name of the key" }).fill("laptop");
  await ownServer.getByRole("button", { name: "Make the key" }).click();
  await ownServer.getByRole("button", { name: "Copy", exact: true }).click();
  await ownServer.getByRole("link", { name: "Chat", exact: true }).click();
  await expect(prompt(ownServer)).toBeVisible();
  await expect(steps).toHaveCount(0);
});

test("the card is hidden for good, and a user never sees it", async ({ ownServer }) => {
  const steps = ownServer.getByRole("region", { name: "First steps" });
  await expect(steps.getByRole("link", { name: "Make a key" })).toHaveAttribute("href", "/admin/add-user?role=client");
  await steps.getByRole("button", { name: "Hide the first steps" }).click();
  await expect(steps).toHaveCount(0);
  await ownServer.reload();
  await expect(prompt(ownServer)).toBeVisible();
  await expect(steps).toHaveCount(0);
});

test("a stranger to the accounts is led nowhere", async ({ page, server }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.postData() ?? ""));
  await signIn(page, await server.key("someone"));
  await expect(page.getByRole("region", { name: "First steps" })).toHaveCount(0);
  expect(asked.filter((body) => body.includes("clientExists"))).toEqual([]);
});
