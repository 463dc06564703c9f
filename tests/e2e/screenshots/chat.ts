import type { Page } from "@playwright/test";

import { ask, expect, prompt, replies, replyIsComplete, transcript } from "../story";
import { opened, silent, type Shot, unready, urls } from "./shots";
import { type Stage, stopped } from "./stage";

/** As a program tells it: with what was said before. */
const HISTORY = [
  { role: "system", content: "You explain the sea to school classes. Be brief." },
  { role: "user", content: "What are tides?" },
  { role: "assistant", content: "The sea **rises** and falls twice a day:\n\n- flood: it comes in\n- ebb: it goes out" },
  { role: "user", content: "How do I add a real account?" },
];

const RICH = [
  "The height of the water is a sum of waves, each with its own period:",
  "\\[\nh(t) = h_0 + \\sum_{i=1}^{n} A_i \\cos\\left(\\frac{2\\pi t}{T_i} + \\varphi_i\\right)\n\\]",
  "| Constituent | Period $T$ | Amplitude $A$ |\n| --- | --: | --: |\n| M2, the moon | 12.42 h | 1.21 m |\n| S2, the sun | 12.00 h | 0.38 m |\n| N2, the moon's distance | 12.66 h | 0.24 m |",
  '```python\nfrom math import cos, pi\n\n\ndef height(hours: float, waves: list[tuple[float, float]]) -> float:\n    """Metres above the mean."""\n    return sum(a * cos(2 * pi * hours / period) for a, period in waves)\n```',
  "1. Read the **amplitudes** from a table of the harbour.\n2. Add them up for the hour that you want.",
].join("\n\n");

const RIGHT_TO_LEFT = [
  "## למה יש גאות ושפל?",
  "הירח **מושך** את מי הים, ולכן המים עולים פעמיים ביום:",
  "- גאות: המים עולים\n- שפל: המים יורדים, והקוד `height()` מחשב כמה",
  "| מקום | גובה |\n| --- | --: |\n| חיפה | 0.4 m |\n| אילת | 0.9 m |",
  "> تدور الأرض تحت هذا الماء المرتفع.",
].join("\n\n");

/** The address of a conversation with a written turn behind its first. */
const written = (stage: Stage, page: Page, name: string, asked: string, reply: string) =>
  stage.made(name, async () => {
    await ask(page, "Hello");
    await replyIsComplete(page, 1);
    const url = page.url();
    await (await stage.server("main")).write(url, [{ prompt: asked, reply }]);
    return url;
  });

async function rich(page: Page, stage: Stage): Promise<void> {
  await page.goto(await written(stage, page, "rich", "How high is the water at noon? Show the formula, and a program.", RICH));
  await replyIsComplete(page, 2);
}

async function shownAs(page: Page, now: string, next: RegExp): Promise<void> {
  await page.getByRole("button", { name: `Replies shown as ${now}` }).click();
  await page.getByRole("menuitemradio", { name: next }).click();
}

/** The last turn's prompt stands below the head of the page. */
const toTheTurn = (page: Page) => replies(page).last().evaluate((each) => each.scrollIntoView({ block: "start" }));

const replied = (page: Page, stage: Stage) =>
  stage.made("replied", async () => {
    await ask(page, "How do I add a real account?");
    await replyIsComplete(page, 1);
    return page.url();
  });

async function tired(page: Page): Promise<void> {
  await ask(page, "Tell me about accounts");
  await replyIsComplete(page, 1);
  await ask(page, "/rehearse limit 600");
  await expect(transcript(page).getByText("Failed", { exact: true })).toBeVisible();
}

export const CHAT: readonly Shot[] = [
  { name: "new", whole: true, reach: (page) => expect(page.getByRole("region", { name: "First steps" })).toBeVisible(), abroad: opened },
  {
    name: "firstSteps",
    reach: async (page) => {
      await page.getByRole("button", { name: "Show a call" }).click();
      await expect(page.getByRole("radio", { name: "Python" })).toBeVisible();
      await page.getByRole("radio", { name: "Python" }).check();
    },
  },
  {
    name: "reply",
    whole: true,
    reach: async (page, stage) => {
      await page.goto(await replied(page, stage));
      await replyIsComplete(page, 1);
      await expect(page.locator("pre [class*=hljs]").first()).toBeVisible();
    },
    abroad: async (page) => {
      await ask(page, "How do I add a real account?");
      await expect(page.getByRole("button", { name: "Antwort kopieren" })).toBeVisible({ timeout: 40_000 });
      await page.getByRole("button", { name: "Warum dieses Konto?" }).click();
      await page.getByRole("button", { name: /^Quittung/ }).click();
      await expect(page.getByRole("link", { name: "Quittung herunterladen" })).toBeVisible();
    },
  },
  {
    name: "why",
    reach: async (page, stage) => {
      await page.goto(await replied(page, stage));
      await page.getByRole("button", { name: "Why this account?" }).click();
      await page.getByRole("button", { name: /receipt/i }).first().click();
      await expect(page.getByRole("link", { name: "Download the receipt" })).toBeVisible();
    },
  },
  {
    name: "accountMenu",
    reach: async (page) => {
      await page.getByRole("button", { name: /^Accounts: / }).click();
      await expect(page.getByRole("menuitemradio").first()).toBeVisible();
    },
  },
  {
    name: "modelMenu",
    house: "fleet",
    reach: async (page) => {
      await page.getByRole("button", { name: /^Model: / }).click();
      await expect(page.getByRole("menuitemradio").first()).toBeVisible();
    },
  },
  {
    name: "writing",
    reach: async (page) => {
      await ask(page, "/rehearse long 2000");
      await expect(transcript(page)).toContainText("Sentence 20 ");
      await expect(transcript(page).getByText("Writing", { exact: true })).toBeVisible();
    },
    leave: stopped,
  },
  {
    name: "queue",
    before: async (page) => {
      await page.goto(urls.chat);
      await ask(page, "/rehearse stall 60");
      await expect(transcript(page)).toContainText("rehearsal upstream");
    },
    reach: async (page) => {
      await ask(page, "And how high is the water tomorrow?");
      await expect(transcript(page).getByText(/^Waiting for an account/)).toBeVisible();
    },
    leave: async (page) => {
      await page.getByRole("button", { name: "Stop the reply" }).click();
      await page.goBack();
      await page.goBack();
      await stopped(page);
    },
  },
  {
    name: "branches",
    reach: async (page) => {
      await ask(page, "What are tides?");
      await replyIsComplete(page, 1);
      await ask(page, "What is a user?");
      await replyIsComplete(page, 2);
      await page.getByRole("button", { name: "Ask again" }).last().click();
      await expect(page.getByRole("group", { name: "Versions" })).toContainText("2/2");
      await replyIsComplete(page, 2);
      await toTheTurn(page);
    },
  },
  {
    name: "editor",
    reach: async (page, stage) => {
      await page.goto(await replied(page, stage));
      await page.getByRole("button", { name: "Edit the prompt" }).click();
      await expect(page.getByRole("textbox", { name: "Edited prompt" })).toBeFocused();
    },
  },
  {
    name: "rich",
    whole: true,
    reach: async (page, stage) => {
      await rich(page, stage);
      await expect(page.locator("math[display=block]")).toBeVisible();
      await expect(page.locator("pre [class*=hljs]").first()).toBeAttached();
      await toTheTurn(page);
    },
  },
  {
    name: "plain",
    reach: async (page, stage) => {
      await rich(page, stage);
      await shownAs(page, "rich text", /^Plain text/);
      await expect(transcript(page)).toContainText("| Constituent |");
      await toTheTurn(page);
    },
    leave: (page) => shownAs(page, "plain text", /^Rich text/),
  },
  {
    name: "json",
    reach: async (page, stage) => {
      await rich(page, stage);
      await shownAs(page, "rich text", /^JSON/);
      await expect(page.getByRole("group", { name: "json" }).last()).toContainText("FINISHED");
      await toTheTurn(page);
    },
    leave: (page) => shownAs(page, "JSON", /^Rich text/),
  },
  {
    name: "rightToLeft",
    reach: async (page, stage) => {
      await page.goto(await written(stage, page, "rightToLeft", "למה יש גאות ושפל?", RIGHT_TO_LEFT));
      await replyIsComplete(page, 2);
      await expect(transcript(page).getByRole("table").last()).toBeVisible();
      await toTheTurn(page);
    },
  },
  {
    name: "sentAlong",
    reach: async (page, stage) => {
      const url = await stage.made("sentAlong", async () => {
        const headers = await stage.bearer("main", "admin");
        const answer = await page.request.post("/v1/chat/completions", { headers, data: { messages: HISTORY } });
        return urls.conversation(answer.headers()["x-conversation-id"] ?? "");
      });
      await page.goto(url);
      await replyIsComplete(page, 1);
      await page.getByRole("button", { name: /^Sent along/ }).click();
      await expect(page.getByRole("list", { name: "Messages that were sent along" })).toContainText("ebb");
    },
  },
  {
    name: "failedReply",
    house: "pair",
    reach: async (page) => {
      await ask(page, "/rehearse cut");
      await expect(transcript(page).getByText("Failed", { exact: true })).toBeVisible();
    },
  },
  {
    name: "elsewhere",
    house: "pair",
    reach: async (page) => {
      await tired(page);
      await ask(page, "And then?");
      await expect(page.getByRole("button", { name: "Continue elsewhere" })).toBeVisible();
    },
    leave: async (page) => {
      await page.getByRole("button", { name: "Continue elsewhere" }).click();
      await expect(page.getByRole("complementary", { name: /comes from/ })).toContainText("Continues");
      await replyIsComplete(page, 1);
    },
  },
  {
    name: "lineage",
    house: "pair",
    reach: async (page, stage) => {
      if (stage.isPhone) await page.getByRole("button", { name: "Show conversations" }).click();
      await page.getByRole("navigation", { name: "Conversations" }).getByRole("link").first().click();
      await expect(page.getByRole("complementary", { name: /comes from/ })).toContainText("Continues");
      await replyIsComplete(page, 1);
    },
  },
  {
    name: "ownToken",
    house: "own",
    reach: async (page) => {
      await page.getByRole("button", { name: /^Accounts: / }).click();
      await page.getByRole("menuitemradio", { name: /My own token/ }).click();
      await ask(page, "Why do ships float?");
      await expect(page.getByText("Enter the access token first.")).toBeVisible();
    },
    leave: (page) => prompt(page).fill(""),
  },
  {
    name: "notSent",
    before: async (page) => {
      await page.route("**/graphql", (route) => ((route.request().postData() ?? "").includes('"prompt"') ? route.abort() : route.continue()));
    },
    reach: async (page) => {
      await ask(page, "Why do ships float?");
      await expect(page.getByRole("alert")).toContainText("Your text is back in the field");
    },
    leave: (page) => prompt(page).fill(""),
  },
  {
    name: "conversationMissing",
    alike: true,
    at: urls.conversation("c1111111111111111"),
    reach: (page) => expect(page.getByRole("heading", { name: "This conversation is not there" })).toBeVisible(),
  },
  {
    name: "conversationLoading",
    alike: true,
    reach: async (page, stage) => {
      const url = await replied(page, stage);
      await silent(page, "query Conversation(");
      await page.goto(url);
      await expect(prompt(page)).toBeVisible();
      await page.waitForTimeout(400);
    },
  },
  ...unready("query Conversations(", { loading: "Loading conversations", failed: "The conversations could not be loaded." }, { at: urls.recall, who: "user" }),
];
