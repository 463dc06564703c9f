import { documentOf } from "./documents";
import { ask, conversations, expect, isAccessible, needsChromium, prompt, replyIsComplete, stopButton, test, transcript } from "./story";

needsChromium();

test("the first run's link signs in, once, and a first prompt is answered", async ({ page, server, browser }) => {
  await page.goto(server.link);
  await expect(prompt(page)).toBeVisible();
  expect(page.url()).toBe(`${server.url}/chat`);
  await expect(page.getByRole("complementary", { name: "Rehearsal" })).toContainText("No model is asked");
  await ask(page, "What can I do here?");
  await replyIsComplete(page, 1);
  await expect(transcript(page)).toContainText("rehearsal upstream");

  const elsewhere = await browser.newContext({ baseURL: server.url });
  const second = await elsewhere.newPage();
  await second.goto(server.link);
  await expect(second.getByLabel("Key", { exact: true })).toHaveAccessibleDescription(/one browser, once/);
  expect(second.url()).toBe(`${server.url}/sign-in`);
  await elsewhere.close();
});

test("a key signs in and is kept nowhere the page can read", async ({ page, server, context }) => {
  const key = await server.key("bob");
  await page.goto("/sign-in");
  await page.getByLabel("Key", { exact: true }).fill(key);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: "Signed in as bob" }).click();
  await expect(page.getByRole("menu")).toContainText("User");
  const readable = await page.evaluate(() =>
    [document.cookie, JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.documentElement.outerHTML].join(),
  );
  expect(readable).not.toContain(key);
  const cookies = await context.cookies();
  expect(cookies.map(({ name, httpOnly, sameSite }) => ({ name, httpOnly, sameSite }))).toEqual([
    { name: "session", httpOnly: true, sameSite: "Lax" },
  ]);
});

test("a wrong key is told beside the field", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByLabel("Key", { exact: true })).toHaveAccessibleDescription(/Enter a key/);
  await page.getByLabel("Key", { exact: true }).fill("cas_wrong");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Key", { exact: true })).toHaveAccessibleDescription(/not known here/);
  await expect(page.getByLabel("Key", { exact: true })).toBeFocused();
  await isAccessible(page);
});

test("a key and a link sign in as they were pasted: with what stood around them, and broken over lines", async ({ page, server }) => {
  const key = await server.key("pia");
  const field = page.getByLabel("Key", { exact: true });
  for (const pasted of [`Bearer ${key}`, `"${key}"`, ` ${key.slice(0, 30)} ${key.slice(30)} `]) {
    await page.goto("/sign-in");
    await field.fill(pasted);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("button", { name: "Signed in as pia" })).toBeVisible();
    await page.context().clearCookies();
  }
  await page.goto("/sign-in");
  await field.fill(`${server.url}/sign-in#link=${key}`);
  await page.keyboard.press("Enter");
  await expect(field).toHaveAccessibleDescription(/one browser, once/);
  await expect(field).toBeFocused();
});

test("whoever is not signed in comes back to where they were going", async ({ page, server }) => {
  await page.goto("/recall");
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.getByLabel("Key", { exact: true }).fill(await server.key("carol"));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/recall$/);
  await expect(page.getByRole("heading", { name: "Conversations" })).toBeFocused();
});

for (const name of ["user", "admin", "client"]) {
  test(`a key that comes as ?${name}= signs in and leaves the address at once`, async ({ page, server }) => {
    const key = await server.key(`dora ${name}`);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(`${request.url()} ${request.headers()["referer"] ?? ""}`));
    await page.goto(`/chat?${name}=${key}`);
    await expect(prompt(page)).toBeVisible();
    expect(page.url()).toBe(`${server.url}/chat`);
    // The page itself was asked for with the key in its address; nothing else may carry it.
    expect(asked.slice(1).filter((each) => each.includes(key))).toEqual([]);
    await page.goBack();
    expect(page.url()).not.toContain(key);
  });
}

test("somebody else's key in an address takes the place of a session only where that is wanted", async ({ alice, server }) => {
  const key = await server.key("mallory");
  await alice.goto(`/chat?user=${key}`);
  await expect(alice.getByRole("alertdialog")).toContainText("You are signed in as alice");
  expect(alice.url()).toBe(`${server.url}/chat`);
  await isAccessible(alice);
  await alice.getByRole("button", { name: /^Stay alice/ }).click();
  await expect(alice.getByRole("button", { name: "Signed in as alice" })).toBeVisible();
  await alice.goto(`/chat?user=${key}`);
  await alice.getByRole("button", { name: "Sign in as mallory" }).click();
  await expect(alice.getByRole("button", { name: "Signed in as mallory" })).toBeVisible();
  // One's own key, as in a bookmark, and one that nobody has, change nothing and ask nothing.
  for (const brought of [key, "cas_unknown"]) {
    const asked = alice.waitForResponse((response) => documentOf(response.request()).includes("query Owner"));
    await alice.goto(`/chat?user=${brought}`);
    await asked;
    await expect(alice.getByRole("button", { name: "Signed in as mallory" })).toBeVisible();
  }
});

test("an access token leaves the address, and stands in its field", async ({ alice }) => {
  await alice.goto("/chat?access_token=SECRET");
  await expect(alice.getByRole("textbox", { name: "Access token" })).toHaveValue("SECRET");
  expect(alice.url()).not.toContain("SECRET");
});

test("signing out ends the session and leaves no drafts", async ({ alice, context }) => {
  await prompt(alice).fill("a private draft");
  await alice.getByRole("button", { name: /Signed in as/ }).click();
  await alice.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(alice).toHaveURL(/\/sign-in$/);
  expect(await alice.evaluate(() => JSON.stringify(sessionStorage))).not.toContain("private");
  expect(await context.cookies()).toEqual([]);
  await alice.goto("/chat");
  await expect(alice).toHaveURL(/\/sign-in$/);
});

test("a session that ended elsewhere asks to sign in again", async ({ alice, context }) => {
  await context.clearCookies();
  await ask(alice, "Hello");
  await expect(alice.getByText("You were signed out")).toBeVisible();
  await expect(stopButton(alice)).toHaveCount(0);
  await expect(conversations(alice)).toHaveCount(0);
});

test("unknown paths say that there is no such page", async ({ alice }) => {
  for (const path of ["/nowhere", "/no/such/page"]) {
    expect((await alice.goto(path))?.status()).toBe(404);
    await expect(alice.getByRole("heading", { name: "There is no such page" })).toBeVisible();
  }
});
