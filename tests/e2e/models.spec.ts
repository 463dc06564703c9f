import type { Page } from "@playwright/test";

import { Server } from "./server";
import { ask, atEachWidth, expect, fits, needsChromium, prompt, replyIsComplete, test } from "./story";

needsChromium();

const menu = (page: Page) => page.getByRole("button", { name: /^Model: / });

atEachWidth(() => {
  test("a model of Plus accounts is chosen, answers whatever accounts are allowed, and is kept for the follow-up", async ({ page }) => {
    const server = await Server.start(["plain", "{name: better, kind: rehearsal, plus: true}"], "models");
    const asked: unknown[] = [];
    page.on("request", (request) => {
      const { variables } = (request.postDataJSON() ?? {}) as { variables?: { input?: { prompt?: string; model?: unknown } } };
      if (variables?.input?.prompt !== undefined) asked.push(variables.input.model);
    });
    await page.goto(server.link);
    await expect(prompt(page)).toBeVisible();
    await menu(page).click();
    await expect(page.getByRole("menu")).toBeInViewport({ ratio: 1 });
    await fits(page);
    await page.getByRole("menuitemradio", { name: /Rehearsal Plus/ }).click();
    await expect(menu(page)).toHaveAccessibleName(/Rehearsal Plus/);
    // Of two accounts in turn one would have been asked in vain.
    for (const place of [1, 2]) {
      if (place === 2) await page.getByRole("link", { name: "New chat" }).first().click();
      await ask(page, "Hello");
      await replyIsComplete(page, 1);
    }
    await expect(menu(page)).toHaveAccessibleName(/Rehearsal Plus/);
    await ask(page, "And more");
    await replyIsComplete(page, 2);
    expect(asked).toEqual(["rehearsal-plus", "rehearsal-plus", "rehearsal-plus"]);
    await server.stop();
  });
});
