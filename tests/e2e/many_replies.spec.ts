import { ask, conversations, expect, needsChromium, prompt, replyIsComplete, stopButton, test, transcript } from "./story";

needsChromium();

const QUESTIONS = ["Question 1", "Question 2", "Question 3", "Question 4", "Question 5", "Question 6", "Question 7"];

// A browser opens six connections to a server without TLS, and each reply that is followed holds one.
test("eight replies at once leave the app usable, each comes to its end, and a stranger sees none of them", async ({ ownServer: page, browser }) => {
  await ask(page, "/rehearse stall 600");
  await expect(stopButton(page)).toBeVisible();
  await expect(page).not.toHaveURL(/\/chat$/);
  const first = page.url();
  for (const question of QUESTIONS) {
    await page.getByRole("link", { name: "New chat" }).click();
    await ask(page, question);
    await expect(page).not.toHaveURL(/\/chat$/);
    await expect(transcript(page)).toContainText(question);
  }
  await page.getByRole("link", { name: "Users" }).click();
  await expect(page.getByRole("table", { name: "List of users" })).toContainText("admin");
  await page.goBack();
  await expect(transcript(page)).toContainText("Question 7");

  await page.goto(first);
  await stopButton(page).click();
  for (const question of QUESTIONS) {
    await conversations(page).getByRole("link", { name: question }).click();
    await replyIsComplete(page, 1);
  }

  const context = await browser.newContext();
  const stranger = await context.newPage();
  await stranger.goto(first);
  await expect(stranger.getByRole("button", { name: "Sign in" })).toBeVisible();
  await expect(prompt(stranger)).toHaveCount(0);
  await context.close();
});
