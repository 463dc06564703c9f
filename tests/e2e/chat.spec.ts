import { documentOf } from "./documents";
import { ask, conversations, expect, isAccessible, needsChromium, prompt, replies, replyIsComplete, signIn, stopButton, test, transcript } from "./story";

needsChromium();

test("a reply is shown while it is written", async ({ alice }) => {
  await ask(alice, "/rehearse stall 4");
  await expect(transcript(alice)).toContainText("rehearsal upstream");
  await expect(transcript(alice).getByText("Writing", { exact: true })).toBeVisible();
  await expect(stopButton(alice)).toBeVisible();
  await expect(alice).toHaveURL(/\/chat\/c\w+$/);
  await isAccessible(alice);
  await replyIsComplete(alice, 1);
  await expect(transcript(alice)).toContainText(/Took \d+(\.\d)? s/);
});

test("a reply that drips in byte by byte is whole at the end", async ({ alice }) => {
  await ask(alice, "/rehearse drip");
  await replyIsComplete(alice, 1);
  await expect(transcript(alice)).toContainText("You rehearsed drip");
});

test("a follow-up keeps the context", async ({ alice }) => {
  await ask(alice, "Tell me about accounts");
  await replyIsComplete(alice, 1);
  await ask(alice, "And then?");
  await replyIsComplete(alice, 2);
  await expect(replies(alice).nth(1)).toContainText("number 2 of this conversation");
  await expect(conversations(alice).getByRole("link")).toHaveCount(1);
  await isAccessible(alice);
});

test("the title that the upstream gives reaches the sidebar and the page", async ({ alice }) => {
  await ask(alice, "A prompt with a title");
  await expect(conversations(alice).getByRole("link", { name: /^Rehearsal: / })).toBeVisible();
  await expect(alice.getByRole("heading", { level: 1, name: /^Rehearsal: / })).toBeVisible();
  await expect(alice).toHaveTitle(/^Rehearsal: /);
});

test("a reload in mid-reply goes on where it was, and so does a second tab", async ({ alice, context }) => {
  await ask(alice, "/rehearse stall 8");
  await expect(transcript(alice)).toContainText("rehearsal upstream");
  await expect(alice).toHaveURL(/\/chat\/c\w+$/);
  await alice.reload();
  const second = await context.newPage();
  await second.goto(alice.url());
  for (const page of [alice, second]) {
    await expect(transcript(page)).toContainText("rehearsal upstream");
    await expect(stopButton(page)).toBeVisible();
  }
  for (const page of [alice, second]) await replyIsComplete(page, 1);
  const texts = await Promise.all([alice, second].map((page) => replies(page).innerText()));
  expect(texts[0]).toBe(texts[1]);
});

test("a stopped reply keeps what was written", async ({ alice }) => {
  await ask(alice, "/rehearse stall 20");
  await expect(transcript(alice)).toContainText("rehearsal upstream");
  await stopButton(alice).click();
  await expect(transcript(alice).getByText("Stopped", { exact: true })).toBeVisible();
  await expect(transcript(alice)).toContainText("rehearsal upstream");
  await expect(prompt(alice)).toBeFocused();
  await isAccessible(alice);
});

test("a conversation of someone else is not there", async ({ alice, browser, server }) => {
  await ask(alice, "Mine alone");
  await replyIsComplete(alice, 1);
  const context = await browser.newContext({ baseURL: server.url });
  const stranger = await context.newPage();
  await signIn(stranger, await server.key("stranger"));
  await stranger.goto(alice.url());
  await expect(stranger.getByRole("heading", { name: "This conversation is not there" })).toBeVisible();
  await expect(stranger.getByText("Mine alone")).toHaveCount(0);
  await isAccessible(stranger);
  await context.close();
});

test("a prompt that could not be sent is back in the field and is never asked twice", async ({ alice }) => {
  await ask(alice, "First");
  await replyIsComplete(alice, 1);
  // The server gets the prompt, its answer is lost on the way.
  await alice.route("**/graphql", async (route) => {
    if (documentOf(route.request()).includes("followUp(")) {
      await route.fetch();
      await route.abort();
    } else await route.continue();
  });
  await ask(alice, "Second");
  await expect(alice.getByRole("alert")).toContainText("The server did not answer");
  await expect(prompt(alice)).toHaveValue("Second");
  await alice.unroute("**/graphql");
  await prompt(alice).press("Enter");
  await replyIsComplete(alice, 2);
  await expect(prompt(alice)).toHaveValue("");
  await alice.reload();
  await replyIsComplete(alice, 2);
});

test("drafts belong to their conversation and outlive a reload", async ({ alice }) => {
  await ask(alice, "First");
  await replyIsComplete(alice, 1);
  await prompt(alice).fill("a draft here");
  await alice.getByRole("link", { name: "New chat" }).click();
  await expect(prompt(alice)).toHaveValue("");
  await prompt(alice).fill("another there");
  await conversations(alice).getByRole("link").click();
  await expect(prompt(alice)).toHaveValue("a draft here");
  await alice.reload();
  await expect(prompt(alice)).toHaveValue("a draft here");
});

test("the view stays where the reader is while text is added", async ({ alice }) => {
  await ask(alice, "/rehearse long 600");
  await replyIsComplete(alice, 1);
  const atEnd = () => transcript(alice).evaluate((view) => view.scrollHeight - view.scrollTop - view.clientHeight < 50);
  expect(await atEnd()).toBe(true);
  await ask(alice, "/rehearse long 900");
  await expect(stopButton(alice)).toBeVisible();
  await transcript(alice).hover();
  await alice.mouse.wheel(0, -1200);
  await expect(alice.getByRole("button", { name: "Go to the end" })).toBeVisible();
  const before = await transcript(alice).evaluate((view) => view.scrollTop);
  await replyIsComplete(alice, 2);
  expect(await transcript(alice).evaluate((view) => view.scrollTop)).toBe(before);
  await alice.getByRole("button", { name: "Go to the end" }).click();
  expect(await atEnd()).toBe(true);
});

test("everything is reached with the keyboard, the content first", async ({ alice }) => {
  await alice.goto("/chat");
  await expect(prompt(alice)).toBeFocused();
  const first = alice.locator("a, button, input, textarea, [tabindex]").first();
  await expect(first).toHaveAccessibleName("Skip to content");
  await first.focus();
  await expect(first).toBeInViewport();
  await alice.keyboard.press("Enter");
  await expect(alice.getByRole("main")).toBeFocused();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

  test("the sidebar is a drawer, and nothing is wider than the screen", async ({ alice }) => {
    await ask(alice, "What can I do here?");
    await replyIsComplete(alice, 1);
    expect(await alice.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await expect(prompt(alice)).toBeInViewport({ ratio: 1 });
    await expect(alice.getByRole("button", { name: "Send" })).toBeInViewport({ ratio: 1 });
    await isAccessible(alice);
    await alice.getByRole("button", { name: "Show conversations" }).tap();
    await isAccessible(alice);
    await alice.getByRole("dialog").getByRole("link", { name: "New chat" }).tap();
    await expect(alice.getByRole("dialog")).toHaveCount(0);
    await expect(alice).toHaveURL(/\/chat$/);
  });

  test("the old recall page opens the drawer", async ({ alice }) => {
    await alice.goto("/recall");
    await expect(alice.getByRole("dialog", { name: "Conversations" })).toBeVisible();
  });
});
