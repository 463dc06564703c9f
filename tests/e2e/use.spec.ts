import { readFile } from "node:fs/promises";

import type { Page } from "@playwright/test";

import { documentOf } from "./documents";
import type { Server, WrittenUse } from "./server";
import { expect, isAccessible, needsChromium, signIn, test } from "./story";

needsChromium();

// What these stories write would be use of others; and a clock half an hour off the hours of the record.
test.use({ house: "use", timezoneId: "Asia/Kolkata" });

const DAY = 24;
const table = (page: Page) => page.getByRole("table", { name: "Figures" });
const row = (page: Page, name: string) => table(page).getByRole("row").filter({ has: page.getByRole("rowheader", { name, exact: true }) });
const choose = (page: Page, label: string, option: string) => page.getByRole("combobox", { name: label, exact: true }).selectOption(option);
const figure = (page: Page, name: string | RegExp) => page.getByRole("group", { name: "Shown in the chart" }).getByRole("radio", { name });
const walk = (page: Page) => page.getByRole("slider", { name: "Figures by time" });

/** Prompts of a user that ended so many hours ago. */
function used(user: string, ago: number, prompts: number, more: Partial<WrittenUse> = {}): WrittenUse {
  return { user, ago, account: "rehearsal", model: "rehearsal", prompts, finished: prompts, milliseconds: prompts * 4000, ...more };
}

let written: Server | null = null;

/** Once for all stories of this file. */
async function write(server: Server): Promise<void> {
  if (written === server) return;
  written = server;
  for (const name of ["=alice", "bob", "carol"]) await server.key(name, name === "bob" ? "client" : "user");
  await server.writeUse([
    used("=alice", 0, 6, { reported_prompt_tokens: 600, reported_reply_tokens: 900 }),
    used("=alice", 3 * DAY, 4, { unknown: 4 }),
    used("bob", 3 * DAY, 3, { finished: 1, failed: 2, estimated: 3, estimated_prompt_tokens: 30, estimated_reply_tokens: 60 }),
    used("carol", 5 * DAY, 2, { unknown: 2, model: "", account: "" }),
    used("carol", 200 * DAY, 50),
  ]);
}

async function downloaded(page: Page, item: string): Promise<{ name: string; text: string }> {
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download" }).click();
  await page.getByRole("menuitem", { name: item }).click();
  const download = await coming;
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf-8") };
}

test("an admin sees who used what and when, looks at one alone, and keeps what is shown", async ({ page, server }) => {
  await write(server);
  await signIn(page, await server.key("ada", "admin"));
  await page.getByRole("link", { name: "Use", exact: true }).click();
  await expect(page).toHaveTitle(/^Use/);
  await expect(figure(page, "Prompts")).toBeChecked();
  await expect(figure(page, /^Prompts\s*15$/)).toBeVisible();
  await expect(figure(page, "Tokens")).toHaveAccessibleName(/≈ 1\.6K\s*630 in, 960 out, and 6 unknown/);
  await choose(page, "Time", "Last 7 days");
  await expect(page.getByText("Days begin at midnight of UTC+5.")).toBeVisible();
  await expect(walk(page)).toHaveAttribute("aria-valuetext", /: 6, Finished 6$/);

  await choose(page, "Grouped by", "By user");
  await expect(page.getByRole("list", { name: "What the colours stand for" }).getByRole("listitem")).toHaveText(["=alice", "bob", "carol"]);
  await expect(row(page, "=alice")).toContainText(/10.*600, and 4 unknown/);
  await expect(row(page, "bob")).toContainText("≈ 30");
  await expect(row(page, "carol")).toContainText("unknown");
  await figure(page, "Failed").check();
  await table(page).getByRole("button", { name: "Failed" }).click();
  await expect(table(page).getByRole("columnheader", { name: "Failed" })).toHaveAttribute("aria-sort", "descending");
  await expect(table(page).getByRole("rowheader").first()).toHaveText("bob");
  await page.reload();
  await expect(figure(page, "Failed")).toBeChecked();
  await expect(table(page).getByRole("rowheader").first()).toHaveText("bob");
  await walk(page).focus();
  for (let day = 0; day < 3; day += 1) await page.keyboard.press("ArrowLeft");
  await expect(walk(page)).toHaveAttribute("aria-valuetext", /: 2$/);
  await isAccessible(page);

  const csv = await downloaded(page, "The table as CSV");
  expect(csv.name).toMatch(/^use-user-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv$/);
  const lines = csv.text.split("\r\n");
  expect(lines).toHaveLength(5);
  expect(lines[0]).toMatch(/^user,userId,prompts,finished,stopped,failed,promptTokens,replyTokens,/);
  expect(lines[1]).toMatch(/^'=alice,u\w+,10,10,0,0,600,900,0,0,4,40$/);
  expect(lines[3]).toMatch(/^carol,u\w+,2,2,0,0,,,0,0,2,8$/);
  const json = JSON.parse((await downloaded(page, "Both as JSON")).text) as { groups: { name: string }[]; chart: { values: number[] }[]; total: object };
  expect(json.total).toMatchObject({ prompts: 15, failed: 2, promptTokens: 630, estimatedPrompts: 3, unknownTokens: 6 });
  expect(json.groups.map(({ name }) => name)).toEqual(["=alice", "bob", "carol"]);
  expect(json.chart.flatMap(({ values }) => values).reduce((sum, value) => sum + value)).toBe(2);

  await table(page).getByRole("link", { name: "=alice" }).click();
  await expect(figure(page, /^Prompts\s*10$/)).toBeVisible();
  const back = page.getByRole("link", { name: "User: =alice, show all again" });
  await page.reload();
  await expect(back).toContainText("=alice");
  await back.click();
  await expect(row(page, "bob")).toBeVisible();
  await choose(page, "Time", "Last 12 months");
  await expect(row(page, "carol")).toContainText("52");

  await page.goto("/accounts/rehearsal");
  const small = page.getByRole("region", { name: "Use in the last 30 days" });
  await expect(small.getByRole("slider")).toHaveAttribute("aria-valuetext", /: 6, Finished 6$/);
  // The first Escape sends the figures away that lie over the bars, the next one would leave the details.
  await small.getByRole("slider").focus();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/\/accounts\/rehearsal$/);
  await small.getByRole("link").click();
  await expect(figure(page, /^Prompts\s*13$/)).toBeVisible();
});

test("what does not come says why, and is asked for again", async ({ page, server }) => {
  await write(server);
  await signIn(page, await server.key("ada", "admin"));
  let broken = true;
  await page.route("**/graphql", (route) =>
    broken && /query Use\b/.test(documentOf(route.request())) ? route.abort() : route.fallback(),
  );
  await page.goto("/use?by=account");
  await expect(page.getByRole("alert")).toContainText("The use could not be loaded");
  broken = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(row(page, "rehearsal")).toBeVisible();
});

test("on a phone everything has its place, and days of one's own are chosen", async ({ page, server }) => {
  await write(server);
  await page.setViewportSize({ width: 360, height: 720 });
  await signIn(page, await server.key("ada", "admin"));
  await page.goto("/use?by=user");
  const cards = page.getByRole("list", { name: "Figures" });
  await expect(cards.getByRole("listitem").first()).toContainText(/^=alice/);
  await choose(page, "Sort by", "Sort by: Failed");
  await expect(cards.getByRole("listitem").first()).toContainText(/^bob/);
  await choose(page, "Time", "Own dates");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  // What is only heard is a single pixel, wherever it stands.
  expect(await page.locator("main *").evaluateAll((all) => all.filter((each) => each.scrollLeft > 0 || (each.getBoundingClientRect().right > 360 && each.getBoundingClientRect().width > 1)).length)).toBe(0);
  await page.getByLabel("Last day").fill("2020-01-01");
  await expect(page.getByRole("alert")).toContainText("Choose a first day");
  await page.getByLabel("First day").fill("2020-01-01");
  await expect(page.getByRole("heading", { name: "Nothing was used in this time" })).toBeVisible();
});

test("a user sees its own use alone, whatever the address asks for", async ({ page, server }) => {
  await write(server);
  const key = await server.key("dora");
  await server.writeUse([used("dora", 1, 7)]);
  await signIn(page, key);
  for (const address of ["/use", "/use?by=user", "/use?by=account&account=rehearsal", "/use?by=client&clientId=u1"]) {
    await page.goto(address);
    await expect(figure(page, /^Prompts\s*7$/)).toBeVisible();
    await expect(page.getByRole("combobox", { name: "Grouped by" }).getByRole("option")).toHaveText(["All together", "By model"]);
  }
  await expect(page.locator("body")).not.toContainText(/alice|bob|carol/);
});
