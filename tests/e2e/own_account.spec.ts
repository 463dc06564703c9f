import type { Page } from "@playwright/test";

import { Server } from "./server";
import { ask, atEachWidth, expect, fits, isAccessible, needsChromium, prompt, replyIsComplete, test } from "./story";
import { startUpstream } from "./upstream";

needsChromium();

const token = (page: Page) => page.getByRole("textbox", { name: "Access token" });

atEachWidth(() => {
  test("a conversation on one's own account asks for its token again after a reload, and keeps it nowhere", async ({ page }) => {
    const { process, settings, tokens } = await startUpstream();
    const [mine = "", other = ""] = tokens;
    const server = await Server.start(["rehearsal"], "own-token", [`own_accounts: ${JSON.stringify(settings)}`]);
    await page.goto(server.link);
    await expect(prompt(page)).toBeVisible();
    await page.getByRole("button", { name: /^Accounts: / }).click();
    await page.getByRole("menuitemradio", { name: /My own token/ }).click();
    await ask(page, "Hello");
    await expect(page.getByText("Enter the access token first.")).toBeVisible();
    await expect(token(page)).toBeFocused();
    await isAccessible(page);
    await fits(page);
    await token(page).fill(mine);
    await prompt(page).press("Enter");
    await replyIsComplete(page, 1);
    await ask(page, "More");
    await replyIsComplete(page, 2);
    const kept = await page.evaluate(() => JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.cookie, location.href]));
    expect(kept).not.toContain(mine);

    await page.reload();
    await ask(page, "And more");
    await expect(page.getByRole("alert").filter({ hasText: "above the prompt" })).toBeVisible();
    await expect(token(page)).toHaveValue("");
    await token(page).fill(other);
    await prompt(page).press("Enter");
    await expect(page.getByRole("alert").filter({ hasText: "another account" })).toBeVisible();
    await token(page).fill(mine);
    await prompt(page).press("Enter");
    await replyIsComplete(page, 3);
    await expect(token(page)).toHaveCount(0);
    await page.getByRole("button", { name: "Ask again" }).last().click();
    await expect(page.getByRole("group", { name: "Versions" })).toContainText("2/2");
    await replyIsComplete(page, 3);
    await server.stop();
    process.stdin?.end();
  });
});
