import { createServer, type Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";

import type { Page } from "@playwright/test";

import { hostileTexts, MARK } from "../../frontend/src/ui/hostile_texts";
import { Server } from "./server";
import { ask, conversations, expect, needsChromium, prompt, replies, replyIsComplete, test, transcript } from "./story";

needsChromium();

const TEXTS = hostileTexts(5000);
const streamed = TEXTS.slice(0, 400).join("\n\n");

/** An OpenAI-compatible upstream that answers with hostile texts, a character at a time, and with a hostile title. */
async function upstream(): Promise<HttpServer> {
  const server = createServer((request, response) => {
    request.resume();
    const chunk = (delta: object, finish: string | null = null) =>
      `data: ${JSON.stringify({ id: "x", object: "chat.completion.chunk", model: "m", choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
    if (!request.url?.includes("chat/completions")) return response.end(JSON.stringify({ object: "list", data: [{ id: "m", object: "model" }] }));
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    const signs = Array.from(streamed);
    let next = 0;
    const send = () => {
      const piece = signs.slice(next, next + 100);
      next += piece.length;
      response.write(piece.map((content) => chunk({ content })).join(""));
      if (next < signs.length) setTimeout(send, 10);
      else response.end(`${chunk({}, "stop")}data: [DONE]\n\n`);
    };
    send();
    return response;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

/** Note what runs, what would load and what the policy stops; `staysHome` fails on requests to elsewhere. */
async function watch(page: Page): Promise<() => Promise<string[]>> {
  const asked: string[] = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.message());
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (/^(?:data|blob|file):/.test(request.url())) asked.push(request.url());
  });
  await page.addInitScript(() => {
    const found: string[] = [];
    Object.assign(window, { found });
    document.addEventListener("securitypolicyviolation", (event) => found.push(`policy: ${event.blockedURI}`));
    new MutationObserver((records) => {
      for (const { addedNodes } of records) {
        for (const node of addedNodes) {
          if (!(node instanceof Element)) continue;
          for (const each of [node, ...node.querySelectorAll("*")]) {
            if (/^(?:script|iframe|object|embed|img|video|audio|form|base|meta|style)$/i.test(each.tagName) && each.closest("#root") !== null && each.tagName !== "FORM") found.push(each.outerHTML);
            for (const { name, value } of each.attributes) {
              if (name.startsWith("on") || (name === "href" && !/^(?:https?:|mailto:|\/|\.\/)/i.test(value))) found.push(`${name}=${value}`);
            }
          }
        }
      }
    }).observe(document, { subtree: true, childList: true });
  });
  return async () => [...asked, ...(await page.evaluate((mark) => [...(window as unknown as { found: string[] }).found, ...(mark in window ? [mark] : [])], MARK))];
}

const inBatchesOf = (each: number) => Array.from({ length: TEXTS.length / each }, (_, index) => TEXTS.slice(index * each, (index + 1) * each));

const NAMES = inBatchesOf(20).map((batch) => batch.join(" "));
type Named = { id?: string; title?: string; name?: string; tags?: string[] };

/** An answer with hostile titles, names and tags: of each list as many rows as hold every text. */
function named(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (!Array.isArray(value)) {
    const inner = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, named(each)]));
    return typeof inner["title"] === "string" ? { ...inner, title: TEXTS.join(" ") } : inner;
  }
  const first = value[0] as { node?: Named } | Named | undefined;
  const row = (first as { node?: Named } | undefined)?.node ?? (first as Named | undefined);
  if (typeof row?.title !== "string" && typeof row?.name !== "string") return value.map(named);
  return NAMES.map((text, index) => {
    const shown = { ...row, id: `${row.id ?? ""}${index}`, ...(row.title === undefined ? { name: text } : { title: text }), ...(row.tags ? { tags: [text] } : {}) };
    return first !== undefined && "node" in first ? { ...first, node: shown } : shown;
  });
}

test("5,000 hostile texts as prompts, replies, errors, titles and names run nothing and load nothing", async ({ admin: page, server }) => {
  await ask(page, "Hello");
  await replyIsComplete(page, 1);
  const batches = inBatchesOf(250);
  await server.write(page.url(), batches.map((batch) => ({ prompt: batch.join("\n"), reply: batch.join("\n\n"), error: batch.join(" ") })));
  const found = await watch(page);
  await page.reload();
  await expect(replies(page)).toHaveCount(batches.length + 1, { timeout: 30_000 });
  await expect(transcript(page)).toContainText(MARK);
  // What is far from the view is plain text: each comes near once, and is drawn.
  for (const reply of await replies(page).all()) {
    await reply.scrollIntoViewIfNeeded();
    await expect(reply.locator("[data-growing=false]")).toBeAttached();
  }
  expect(await found()).toEqual([]);

  await page.route("**/graphql", async (route) => {
    try {
      const response = await route.fetch();
      await route.fulfill({ response, json: named(await response.json()) });
    } catch {
      // The page has gone on meanwhile, and waits for no answer: one that it lacks is missed below.
    }
  });
  await page.reload();
  await expect(conversations(page).getByRole("link")).toHaveCount(NAMES.length, { timeout: 20_000 });
  await expect(page).toHaveTitle(new RegExp(MARK), { timeout: 20_000 });
  expect(await found()).toEqual([]);
  await page.goto("/admin/users");
  await expect(page.getByRole("row")).toHaveCount(NAMES.length + 1, { timeout: 20_000 });
  expect(await found()).toEqual([]);
  await page.goto("/settings");
  await expect(page.getByRole("main")).toContainText(MARK, { timeout: 20_000 });
  expect(await found()).toEqual([]);
  await page.unrouteAll({ behavior: "wait" });
});

test("hostile texts that are streamed a character at a time, as a title and as a name run nothing", async ({ page }) => {
  const fake = await upstream();
  const { port } = fake.address() as AddressInfo;
  const server = await Server.start([`{name: hostile, kind: openai, base_url: "http://127.0.0.1:${port}/v1", model: m}`], "hostile");
  const found = await watch(page);
  const name = `<img src=x onerror=window.${MARK}=1>`;
  await page.goto(`${server.url}/sign-in`);
  await page.getByLabel("Key", { exact: true }).fill(await server.key(name));
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(prompt(page)).toBeVisible();
  await ask(page, name);
  await replyIsComplete(page, 1);
  await expect(conversations(page).getByRole("link")).toHaveCount(1);
  await expect(page.getByRole("button", { name: `Signed in as ${name}` })).toBeVisible();
  expect(await found()).toEqual([]);
  await server.stop();
  fake.close();
});
