import type { Upstream } from "../upstream";
import type { WrittenUse } from "../server";
import { expect } from "../story";
import type { House, Stage } from "./stage";

/** The accounts of each house, and further lines of its settings. */
export function furnish(house: House, upstream: Upstream | null): { accounts: readonly string[]; more: readonly string[] } {
  switch (house) {
    case "pair":
      return { accounts: ["first", "second", "third"], more: [] };
    case "fleet":
      return { accounts: ["archive", "night-shift", "old-desk", "reading-room", "{name: library-plus, kind: rehearsal, plus: true}"], more: [] };
    case "own":
      return { accounts: ["rehearsal"], more: [`own_accounts: ${JSON.stringify(upstream?.settings ?? {})}`] };
    default:
      return { accounts: ["rehearsal"], more: [] };
  }
}

/** Some weeks of a house with more users than there are colours. */
export async function writeUse(stage: Stage): Promise<void> {
  const server = await stage.server("main");
  const names = ["Alice", "Carol Brown", "Dave", "Erin", "Frank", "Grace", "Heidi", "Ivan"];
  for (const name of names) await server.key(name);
  const hours = Array.from({ length: 260 }, (_, n): WrittenUse => {
    const prompts = 1 + ((n * 7) % 9);
    const failed = n % 11 === 0 ? 1 : 0;
    const known = n % 4 === 0 ? { unknown: prompts } : { reported_prompt_tokens: prompts * 310, reported_reply_tokens: prompts * 870 };
    return {
      user: names[(n * 5) % names.length] ?? "Alice",
      ago: 3 * n,
      account: "rehearsal",
      model: ["gpt-5", "gpt-5-mini", ""][n % 3] ?? "",
      prompts,
      finished: prompts - failed,
      failed,
      milliseconds: prompts * 6400,
      ...known,
    };
  });
  await server.writeUse(hours);
}

const SAID: readonly (readonly [title: string, daysAgo: number])[] = [
  ["Why tides come twice a day", 0],
  ["Opening hours of the reading room", 1],
  ["Letter to the harbour office about berths and moorings in winter", 1],
  ["Hash tables in Python", 3],
  ["Recipe for rye bread", 9],
  ["Names for a boat", 40],
  ["Minutes of the meeting in June", 160],
];

const DAY = 86_400;

/** As ChatGPT exports a conversation. */
export function talk(title: string, daysAgo: number, at: number) {
  const time = Math.floor(Date.now() / 1000) - daysAgo * DAY - 60 * at;
  const message = (role: string, text: string) => ({ id: role, author: { role }, create_time: time, content: { content_type: "text", parts: [text] } });
  return {
    id: `c0000000-2222-4333-8444-${String(at).padStart(12, "0")}`,
    title,
    create_time: time,
    update_time: time,
    current_node: "reply",
    mapping: {
      root: { id: "root", parent: null, children: ["ask"], message: null },
      ask: { id: "ask", parent: "root", children: ["reply"], message: message("user", `${title}?`) },
      reply: { id: "reply", parent: "ask", children: [], message: message("assistant", "That depends on the moon.") },
    },
  };
}

/** Conversations of several days for whoever it is, some of them pinned, tagged or archived. */
export async function writeConversations(stage: Stage, who: "user"): Promise<void> {
  const page = await stage.page("main", who);
  const data = SAID.map(([title, daysAgo], at) => talk(title, daysAgo, at));
  const sent = await page.request.post("/imports", { headers: await stage.bearer("main", who), data });
  expect(sent.ok()).toBe(true);
  const listed = "query { conversations(first: 50) { edges { node { id title } } } }";
  const { conversations } = await stage.graphql<{ conversations: { edges: { node: { id: string; title: string } }[] } }>("main", who, listed);
  const change = async (title: string, changes: object) => {
    const id = conversations.edges.find(({ node }) => node.title.startsWith(title))?.node.id;
    await stage.graphql("main", who, CHANGE, { input: { id, ...changes } });
  };
  await change("Opening hours", { pinned: true, tags: ["Library"] });
  await change("Letter to", { tags: ["Harbour", "Letters"] });
  await change("Hash tables", { tags: ["Python"] });
  await change("Minutes", { archived: true, tags: ["Library"] });
  await change("Names for", { archived: true });
}

const CHANGE = "mutation ($input: ChangeConversationInput!) { changeConversation(input: $input) { conversation { id } } }";

/** An account in each state: ready, busy, resting, out of order, disabled, and one behind a proxy that is down. */
export async function tireFleet(stage: Stage): Promise<void> {
  const page = await stage.page("fleet", "admin");
  const headers = await stage.bearer("fleet", "admin");
  const act = (field: string, type: string, input: object) =>
    stage.graphql("fleet", "admin", `mutation ($input: ${type}!) { ${field}(input: $input) { account { name } } }`, { input });
  const ask = (content: string) => page.request.post("/v1/chat/completions", { headers, data: { messages: [{ role: "user", content }] } });
  const others = ["night-shift", "old-desk", "reading-room", "library-plus"];
  for (const name of others) await act("disableAccount", "AccountInput", { name });
  await ask("/rehearse banned");
  for (const name of others.slice(2)) await act("enableAccount", "AccountInput", { name });
  await act("enableAccount", "AccountInput", { name: "night-shift" });
  await act("restAccount", "RestAccountInput", { name: "night-shift", until: new Date(Date.now() + 2 * 3_600_000).toISOString() });
  await act("disableAccount", "AccountInput", { name: "reading-room" });
  void ask("/rehearse stall 300").catch(() => null);
  await act("enableAccount", "AccountInput", { name: "reading-room" });
  const proxy = "socks5://reader:any-word@127.0.0.1:9";
  const lab = { name: "lab", kind: "OPENAI", baseUrl: "http://127.0.0.1:9/v1", model: "llama3.2", apiKey: "any-key", concurrency: 8, proxy };
  await act("addAccount", "AddAccountInput", lab);
  await stage.graphql("fleet", "admin", "mutation { checkProxy(input: {name: \"lab\"}) { state } }");
}

