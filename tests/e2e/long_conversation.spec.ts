import { framesOf, openedIn, watchFrames } from "./frames";
import { ask, expect, needsChromium, replies, replyIsComplete, stopButton, test, transcript } from "./story";

needsChromium();

// A trace copies the page at every step, which would be most of what is measured here.
test.use({ house: "long", trace: "off" });

const TURNS = 2000;
/** Milliseconds; HOLD=60 for all of them, where nothing else is going on. */
const AT_THE_TOP = Number(process.env["HOLD"] ?? 3) * 1000;
const STEPS = 40;
const LESSON = [
  "## Step %",
  "Some **bold** words, `code` and a list:",
  "- one\n- two with more words than fit into a single line of the transcript, so that it takes two of them\n- three",
  "```python\nfor number in range(%):\n    print(number, 'of', %)\n```",
  "| name | value |\n|---|--:|\n| a | % |\n| b | 2 |",
  "So $x_{%} = \\frac{1}{2}$ holds.",
];
const turns = Array.from({ length: TURNS - 1 }, (_, index) => ({
  prompt: `Question ${index + 2}?`,
  reply: LESSON.slice(0, 1 + (index % LESSON.length)).join("\n\n").replaceAll("%", String(index + 2)),
}));

test("2,000 turns open at once, and scroll without a halt while a reply comes in", async ({ alice, server }) => {
  await ask(alice, "Question 1?");
  await replyIsComplete(alice, 1);
  const url = alice.url();
  await server.write(url, turns);
  await watchFrames(alice, "Question 2000?");
  await alice.goto(url);
  await expect(transcript(alice).getByText("Question 2000?")).toBeInViewport();
  const opened = await openedIn(alice);

  await transcript(alice).hover();
  const wheel = async (by: number, steps: number) => {
    for (let step = 0; step < steps; step += 1) {
      await alice.mouse.wheel(0, by);
      await alice.waitForTimeout(50);
    }
  };
  await ask(alice, "/rehearse stall 6");
  await expect(stopButton(alice)).toBeVisible();
  const up = await framesOf(alice, () => wheel(-900, STEPS));
  const drawn = await replies(alice).count();
  // Held at the top: all that is earlier comes in.  A look by role at so much, or for what `expect` says where it
  // fails, would itself be most of the work: from here on there is none.
  const turnsThere = () => alice.evaluate(() => document.getElementsByTagName("article").length);
  await transcript(alice).focus();
  const top = await framesOf(alice, async () => {
    const until = Date.now() + AT_THE_TOP;
    while (Date.now() < until && (await turnsThere()) < TURNS + 1) {
      await alice.keyboard.press("Home");
      await alice.waitForTimeout(20);
    }
  });
  const all = await turnsThere();
  const through = await framesOf(alice, () => wheel(900, STEPS));
  // What was never drawn: as by the scroll bar.
  await transcript(alice).evaluate((view) => view.scrollTo({ top: view.scrollHeight / 2 }));
  const middle = await framesOf(alice, () => wheel(-900, STEPS));
  await alice.locator("css=[aria-label='Go to the end']").click();
  await alice.keyboard.press("Shift+Escape");
  await alice.keyboard.insertText("/rehearse long 900");
  await alice.keyboard.press("Enter");
  await alice.locator("css=[aria-label='Stop the reply']").waitFor();
  const streaming = await framesOf(alice, () => alice.waitForTimeout(5000));

  // The figures are for whoever measures on a quiet machine; a busy one only tells a page that stands still from one that goes.
  console.log(JSON.stringify({ opened, drawn, all, up, top, through, middle, streaming }));
  expect(drawn).toBeLessThan(TURNS / 2);
  expect(opened).toBeLessThan(3000);
  for (const { p95 } of [up, top, through, middle, streaming]) expect(p95).toBeLessThan(300);
});

test("turns that come in above leave the one that is read where it is", async ({ alice, server }) => {
  await ask(alice, "Question 1?");
  await replyIsComplete(alice, 1);
  await server.write(alice.url(), turns.slice(0, 99));
  await alice.reload();
  await expect(transcript(alice).getByText("Question 100?")).toBeInViewport();
  await expect.poll(() => replies(alice).count()).toBeGreaterThan(29);
  const read = transcript(alice).getByText("Question 90?");
  await read.scrollIntoViewIfNeeded();
  await expect(read).toBeInViewport();
  const before = (await read.boundingBox())?.y ?? 0;
  await alice.getByRole("button", { name: "Show earlier turns" }).dispatchEvent("click");
  await expect.poll(() => replies(alice).count()).toBeGreaterThan(59);
  expect(Math.abs(((await read.boundingBox())?.y ?? 0) - before)).toBeLessThan(3);
  await expect(async () => {
    await transcript(alice).press("Home");
    await expect(replies(alice)).toHaveCount(100, { timeout: 1000 });
  }).toPass();
  await expect(alice.getByRole("button", { name: "Show earlier turns" })).toHaveCount(0);
});

test("earlier turns that do not load can be tried again", async ({ alice, server }) => {
  await ask(alice, "Question 1?");
  await replyIsComplete(alice, 1);
  await server.write(alice.url(), turns.slice(0, 49));
  await alice.route("**/graphql", (route) => (route.request().postData()?.includes('"before":"') ? route.abort() : route.continue()));
  await alice.reload();
  await expect(transcript(alice).getByText("Question 50?")).toBeInViewport();
  const again = alice.getByRole("button", { name: /^Earlier turns could not be loaded/ });
  // What is drawn meanwhile, a turn at a time, moves the top.
  await expect(async () => {
    await transcript(alice).press("Home");
    await expect(again).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await alice.unroute("**/graphql");
  await again.click();
  await expect(replies(alice)).toHaveCount(50);
});
