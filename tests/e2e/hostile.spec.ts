import { createServer, type Server as HttpServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { hostileReplies, hostileTexts, inBatchesOf, MARK } from "../../frontend/src/ui/hostile_texts";
import { grow, openGrowing } from "./growing";
import { Server } from "./server";
import { ask, conversations, expect, needsChromium, prompt, replies, replyIsComplete, test, transcript } from "./story";
import { found, statesOf, watch } from "./watching";

needsChromium();
test.describe.configure({ timeout: 600_000 });

const TEXTS = hostileTexts(5000);
/** Characters that the upstream writes at once at most, each in a chunk of its own, and how long it waits behind them, in milliseconds. */
const AT_ONCE = 120;
const PAUSE = 10;
/** A short reply is written in so many pieces, so that it is seen to grow too. */
const PIECES = 40;
/** Browsers hold six connections to a host, and a reply keeps one until its title has come as well. */
const TABS = 2;
/** One text in so many is drawn at every beginning of it; HOSTILE=1 for each of them, which takes some minutes. */
const ONE_IN = Number(process.env["HOSTILE"] ?? 40);

interface Upstream {
  server: HttpServer;
  /** Replies that were written to their ends. */
  written: () => number;
}

/** An OpenAI-compatible upstream that writes these replies one after the other, a character in each chunk, and names conversations with hostile titles. */
async function upstream(texts: readonly string[]): Promise<Upstream> {
  let begun = 0;
  let written = 0;
  let named = 0;
  const chunk = (delta: object, finish: string | null = null) =>
    `data: ${JSON.stringify({ id: "x", object: "chat.completion.chunk", model: "m", choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
  const write = (response: ServerResponse, text: string) => {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    const signs = Array.from(text);
    const atOnce = Math.min(AT_ONCE, Math.ceil(signs.length / PIECES));
    let next = 0;
    const send = () => {
      const piece = signs.slice(next, next + atOnce);
      next += piece.length;
      response.write(piece.map((content) => chunk({ content })).join(""));
      if (next < signs.length) {
        setTimeout(send, PAUSE);
        return;
      }
      written += 1;
      response.end(`${chunk({}, "stop")}data: [DONE]\n\n`);
    };
    send();
  };
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      if (!request.url?.includes("chat/completions")) return response.end(JSON.stringify({ object: "list", data: [{ id: "m", object: "model" }] }));
      if ((JSON.parse(body) as { stream?: boolean }).stream) {
        write(response, texts[begun++ % texts.length] ?? "");
        return response;
      }
      const content = TEXTS[named++] ?? "";
      return response.end(JSON.stringify({ id: "x", object: "chat.completion", model: "m", choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }] }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, written: () => written };
}

const NAMES = inBatchesOf(20, TEXTS).map((batch) => batch.join(" "));
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
  const turns = hostileReplies(TEXTS, 250).map((reply, index) => ({ prompt: reply, reply, error: (inBatchesOf(200, TEXTS)[index] ?? []).join(" ") }));
  await server.write(page.url(), turns);
  await watch(page);
  await page.reload();
  await expect(replies(page)).toHaveCount(turns.length + 1, { timeout: 30_000 });
  await expect(transcript(page)).toContainText(MARK);
  // What is far from the view is plain text: each comes near once, and is drawn.
  for (const reply of await replies(page).all()) {
    await reply.scrollIntoViewIfNeeded();
    await expect(reply.locator("[data-growing=false]")).toBeAttached();
  }
  expect(await found(page)).toEqual([]);

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
  expect(await found(page)).toEqual([]);
  await page.goto("/admin/users");
  await expect(page.getByRole("row")).toHaveCount(NAMES.length + 1, { timeout: 20_000 });
  expect(await found(page)).toEqual([]);
  await page.goto("/settings");
  await expect(page.getByRole("main")).toContainText(MARK, { timeout: 20_000 });
  expect(await found(page)).toEqual([]);
  await page.unrouteAll({ behavior: "wait" });
});

test("5,000 hostile texts that the upstream streams a character at a time, under hostile titles and a hostile name, run nothing", async ({ page, context }) => {
  const texts = hostileReplies(TEXTS, 200);
  const { server: fake, written } = await upstream(texts);
  const { port } = fake.address() as AddressInfo;
  const server = await Server.start([`{name: hostile, kind: openai, base_url: "http://127.0.0.1:${port}/v1", model: m, concurrency: ${TABS}}`], "hostile", ["titles: ask"]);
  const name = `<img src=x onerror=window.${MARK}=1>`;
  await page.goto(`${server.url}/sign-in`);
  await page.getByLabel("Key", { exact: true }).fill(await server.key(name));
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(prompt(page)).toBeVisible();

  let asked = 0;
  const tab = async () => {
    const own = await context.newPage();
    await watch(own);
    await own.goto(`${server.url}/chat`);
    for (let mine = asked++; mine < texts.length; mine = asked++) {
      await own.getByRole("link", { name: "New chat" }).click();
      await expect(own.getByRole("heading", { name: "New chat" })).toBeVisible();
      const before = await statesOf(own);
      await ask(own, TEXTS[mine] ?? "");
      await replyIsComplete(own, 1);
      // Drawn again and again while it came, and not once at its end.
      expect(await statesOf(own)).toBeGreaterThan(before + 3);
      expect(await found(own)).toEqual([]);
    }
    await expect(own.getByRole("button", { name: `Signed in as ${name}` })).toBeVisible();
    await own.close();
  };
  try {
    await Promise.all(Array.from({ length: TABS }, tab));
    expect(written()).toBe(texts.length);
  } finally {
    await server.stop();
    fake.close();
  }
});

test("every beginning of a hostile text, drawn as it grows by a character, runs nothing and loads nothing", async ({ page }) => {
  await watch(page);
  await openGrowing(page);
  const texts = TEXTS.filter((_, index) => index % ONE_IN === 0).toSorted();
  let drawn = 0;
  for (const batch of inBatchesOf(500, texts)) {
    drawn += await grow(page, batch);
    expect(await found(page)).toEqual([]);
  }
  expect(drawn).toBeGreaterThan(50 * texts.length);
});
