import { freePort, ReverseProxy } from "./reverse_proxy";
import { Server } from "./server";
import { ask, conversations, expect, needsChromium, prompt, replyIsComplete, test as story } from "./story";

needsChromium();

const BASE = "/chat-base";

/** A server with renamed paths behind a reverse proxy, which knows it under a base path. */
const test = story.extend<object, { front: ReverseProxy }>({
  front: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads what a fixture needs from its pattern
    async ({}, play) => {
      const proxy = new ReverseProxy(BASE);
      await proxy.listen();
      await play(proxy);
      await proxy.close();
    },
    { scope: "worker" },
  ],
  server: [
    async ({ front }, play) => {
      const origin = front.origin();
      const port = await freePort();
      const paths = "paths: {chat: /talk, accounts: /desk/accounts, users: /people, add_user: /people/new, graphql: /g, graphql_stream: /g/live, session: /me}";
      const server = await Server.start(["rehearsal"], "base-path", [`public_url: ${origin}${BASE}`, paths], port);
      front.leadTo(port);
      await play(server);
      await server.stop();
    },
    { scope: "worker" },
  ],
});

test("the app lives under a base path, with renamed paths, and asks for nothing outside", async ({ page, server, front }) => {
  await page.goto(server.link);
  await expect(prompt(page)).toBeVisible();
  expect(page.url()).toBe(`${server.url}${BASE}/talk`);
  await ask(page, "What can I do here?");
  await replyIsComplete(page, 1);
  await expect(page).toHaveURL(new RegExp(`${BASE}/talk/[^/]+$`));
  await page.reload();
  await replyIsComplete(page, 1);
  await page.getByRole("link", { name: "Accounts" }).click();
  await expect(page).toHaveURL(new RegExp(`${BASE}/desk/accounts$`));
  await page.getByRole("link", { name: "rehearsal", exact: true }).click();
  await expect(page.getByRole("heading", { name: "rehearsal" })).toBeVisible();
  await page.getByRole("link", { name: "Users" }).click();
  await page.getByRole("link", { name: "Add user" }).click();
  await expect(page).toHaveURL(new RegExp(`${BASE}/people/new$`));
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("script");
  await page.getByRole("button", { name: "Make the key" }).click();
  await expect(page.getByRole("region", { name: "curl" })).toContainText(`${server.url}${BASE}/v1/chat/completions`);
  await page.getByRole("link", { name: "Settings" }).click();
  await expect(page.getByRole("heading", { name: "Settings" })).toBeVisible();
  await page.getByRole("link", { name: "Chat", exact: true }).click();
  await expect(conversations(page).getByRole("link")).toHaveCount(1);
  expect(front.asked.filter(({ url }) => !url.startsWith(`${BASE}/`))).toEqual([]);
});

for (const path of ["/talk?user=", "/people/new?admin=", "/people/new?client=", "/?user="]) {
  test(`${path}KEY under the base path signs in, and the key goes nowhere else`, async ({ page, server, front }) => {
    const key = await server.key(`dora ${path}`);
    const before = front.asked.length;
    await page.goto(`${server.url}${BASE}${path}${key}`);
    await expect(page.getByRole("button", { name: /Signed in as dora/ })).toBeVisible();
    expect(page.url()).not.toContain(key);
    const asked = front.asked.slice(before);
    const documents = path.startsWith("/?") ? 2 : 1;
    expect(asked.slice(documents).filter(({ url }) => url.includes(key))).toEqual([]);
    expect(asked.filter(({ referer }) => referer?.includes(key))).toEqual([]);
  });
}

test("a stranger's address outside the base path is none of the app's", async ({ page, server, front }) => {
  expect((await page.goto(`${server.url}/talk`))?.status()).toBe(502);
  expect((await page.goto(`${server.url}${BASE}/chat`))?.status()).toBe(404);
  expect(front.asked.length).toBeGreaterThan(0);
});
