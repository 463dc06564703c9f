import { documentOf } from "./documents";
import { ask, atEachWidth, conversations, expect, fits, isAccessible, needsChromium, prompt, replies, replyIsComplete, test, transcript } from "./story";

needsChromium();

atEachWidth(() => {
  test("a reply that breaks off keeps its text, says why and offers the prompt again", async ({ ownServer: page }) => {
    await ask(page, "/rehearse cut");
    await expect(transcript(page).getByText("Failed", { exact: true })).toBeVisible();
    await expect(replies(page)).toContainText("before the reply was complete");
    await isAccessible(page);
    await fits(page);
    await page.getByRole("button", { name: "Use this prompt again" }).click();
    await expect(prompt(page)).toHaveValue("/rehearse cut");
    await expect(prompt(page)).toBeFocused();
  });

  test("a prompt that waits for a busy account shows its place", async ({ ownServer: page, context }) => {
    await ask(page, "/rehearse stall 8");
    await expect(transcript(page)).toContainText("rehearsal upstream");
    const second = await context.newPage();
    await second.goto(new URL("/chat", page.url()).href);
    await ask(second, "Me too");
    await expect(transcript(second).getByText(/^Waiting for an account/)).toBeVisible();
    await isAccessible(second);
    await fits(second);
    await replyIsComplete(second, 1);
  });

  test("a conversation that does not load says so and can be tried again", async ({ alice }) => {
    await ask(alice, "First");
    await expect(alice).toHaveURL(/\/chat\/c\w+$/);
    await alice.route("**/graphql", (route) =>
      documentOf(route.request()).includes("query Conversation(") ? route.abort() : route.continue(),
    );
    await alice.reload();
    await expect(alice.getByRole("heading", { name: "The conversation could not be loaded" })).toBeVisible();
    await isAccessible(alice);
    await fits(alice);
    await alice.unroute("**/graphql");
    await alice.getByRole("button", { name: "Try again" }).click();
    await expect(transcript(alice)).toContainText("First");
  });
});

test("an account at its limit says how long, and the next prompt that nothing was sent", async ({ ownServer: page }) => {
  await ask(page, "/rehearse limit 60");
  await expect(transcript(page).getByText("Failed", { exact: true })).toBeVisible();
  await expect(replies(page)).toContainText(/limit/);
  await ask(page, "Hello?");
  await expect(page.getByRole("alert")).toContainText("Your text is back in the field");
  await expect(prompt(page)).toHaveValue("Hello?");
});

test("a stream that breaks is followed again from where it was", async ({ alice }) => {
  let broken = 0;
  const followed: number[] = [];
  await alice.route("**/graphql/stream", async (route) => {
    const { variables } = route.request().postDataJSON() as { variables: { after: number } };
    followed.push(variables.after);
    if (broken < 2) {
      broken += 1;
      await route.abort();
    } else await route.continue();
  });
  await ask(alice, "/rehearse stall 3");
  await expect(transcript(alice).getByText("Connection lost, trying again")).toBeVisible();
  await replyIsComplete(alice, 1);
  expect(followed).toEqual([0, 0, 0]);
});

test("a list that does not load says so and can be tried again", async ({ alice }) => {
  await alice.route("**/graphql", (route) =>
    documentOf(route.request()).includes("query Conversations(") ? route.abort() : route.continue(),
  );
  await alice.reload();
  await expect(conversations(alice)).toContainText("could not be loaded");
  await alice.unroute("**/graphql");
  await alice.getByRole("button", { name: "Try again" }).click();
  await expect(conversations(alice)).toContainText("No conversations yet");
});

test("a server that is gone or broken is told, and found again", async ({ alice }) => {
  await alice.route("**/graphql", (route) => route.abort());
  await alice.reload();
  await expect(alice.getByRole("heading", { name: "The server does not answer" })).toBeVisible();
  await isAccessible(alice);
  await alice.unroute("**/graphql");
  await alice.route("**/graphql", (route) => route.fulfill({ status: 500 }));
  await alice.getByRole("button", { name: "Try again" }).click();
  await expect(alice.getByRole("heading", { name: "The server cannot serve the app just now" })).toBeVisible();
  await alice.unroute("**/graphql");
  await alice.getByRole("button", { name: "Try again" }).click();
  await expect(prompt(alice)).toBeVisible();
});

test("markup in a prompt and in the reply that quotes it runs nothing and loads nothing", async ({ alice }) => {
  await ask(alice, '<img src=x onerror="window.broken=1"> <script>window.broken=1</script> ![i](https://example.org/i.png)');
  await replyIsComplete(alice, 1);
  expect(await alice.evaluate(() => "broken" in window)).toBe(false);
  await expect(transcript(alice).locator("img, script, iframe")).toHaveCount(0);
});

test("a part of the app that does not come says so, and a reload brings it", async ({ alice }) => {
  await alice.route(/menu_parts-.*\.js$/, (route) => route.abort());
  await alice.reload();
  await alice.getByRole("button", { name: "Accounts: Any account" }).click();
  await expect(alice.getByRole("alert")).toContainText("A part of the app could not be loaded");
  await isAccessible(alice);
  await expect(prompt(alice)).toBeVisible();
  await alice.unroute(/menu_parts-.*\.js$/);
  await alice.getByRole("button", { name: "Reload" }).click();
  await alice.getByRole("button", { name: "Accounts: Any account" }).click();
  await expect(alice.getByRole("menuitemradio").first()).toBeVisible();
});

test("an app that does not come says so in the page itself", async ({ page }) => {
  await page.route(/\/app-.*\.js$/, (route) => route.abort());
  await page.goto("/chat");
  await expect(page.getByText("The app could not be loaded")).toBeVisible();
  await page.unroute(/\/app-.*\.js$/);
  await page.getByRole("button", { name: "Reload" }).click();
  await expect(page.getByLabel("Key", { exact: true })).toBeVisible();
});
