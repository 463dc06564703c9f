/** The graphql-ws client, and with the bare protocol what closes a connection. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";

import { createClient } from "graphql-ws";
import WebSocket from "ws";

import { adminKey, asked, bearer, CHAT, Reader, refusal, REPLY, strangerKey, url, userKey, VIEWER } from "./server.mjs";

const address = `${url.replace("http", "ws")}/graphql`;

function connected(key = userKey, options = {}) {
  const client = createClient({
    url: address,
    webSocketImpl: WebSocket,
    connectionParams: bearer(key),
    retryAttempts: 0,
    onNonLazyError: () => undefined,
    ...options,
  });
  return { client, [Symbol.asyncDispose]: async () => client.dispose() };
}

async function one(client, query, variables) {
  for await (const result of client.iterate({ query, variables })) return result;
}

test("it asks and chats on one connection", async () => {
  const { client } = connected();
  const viewer = await one(client, VIEWER);
  const { data } = await one(client, CHAT, { input: { prompt: "hello" } });
  assert.equal(viewer.data.viewer.name, "uma");
  assert.equal(data.chat.turn.state, "FINISHED");
  await client.dispose();
});

test("it follows a reply to its end", async () => {
  const { client } = connected();
  const reader = new Reader();
  const variables = { turnId: await asked("hello"), after: 0 };
  for await (const { data } of client.iterate({ query: REPLY, variables })) reader.take(data.reply);
  assert.ok(reader.whole);
  await client.dispose();
});

test("a connection that is cut is taken up behind the last number", async () => {
  const turnId = await asked("/rehearse drip");
  const reader = new Reader();
  for (let times = 0; reader.end === null && times < 1000; times += 1) {
    const { client } = connected();
    let left = 2;
    try {
      for await (const { data } of client.iterate({ query: REPLY, variables: { turnId, after: reader.after } })) {
        reader.take(data.reply);
        left -= 1;
        if (left === 0 && reader.end === null) client.terminate();
      }
    } catch (closed) {
      assert.equal(closed.code, 4499);
    }
    await client.dispose();
  }
  assert.ok(reader.whole);
});

test("it finds its way back by itself after a cut, and what came before comes again", async () => {
  const turnId = await asked("hello");
  const { client } = connected(userKey, { retryAttempts: 3, retryWait: () => Promise.resolve() });
  const readers = [new Reader()];
  for await (const { data } of client.iterate({ query: REPLY, variables: { turnId, after: 0 } })) {
    if (data.reply.number <= readers.at(-1).after) readers.push(new Reader());
    readers.at(-1).take(data.reply);
    if (readers.length === 1 && readers[0].end === null && readers[0].numbers.length === 1) client.terminate();
  }
  assert.ok(readers.at(-1).whole);
  await client.dispose();
});

test("a document that is wrong ends its operation alone", async () => {
  const { client } = connected();
  for (const query of ["{", "{ nothing }", `{ ${"__typename ".repeat(601)} }`]) {
    const [error] = await refusal(one(client, query));
    assert.match(error.extensions.code, /^(invalid_input|document_refused)$/);
  }
  assert.equal((await one(client, VIEWER)).data.viewer.name, "uma");
  await client.dispose();
});

test("pings are answered", async () => {
  let pong;
  const ponged = new Promise((resolve) => {
    pong = resolve;
  });
  const { client } = connected(userKey, { lazy: false, keepAlive: 20, on: { pong: (received) => received && pong() } });
  await ponged;
  await client.dispose();
});

const init = { type: "connection_init", payload: bearer(userKey) };
const ask = { id: "1", type: "subscribe", payload: { query: VIEWER } };
const admin = { type: "connection_init", payload: bearer(adminKey) };
const stay = { id: "1", type: "subscribe", payload: { query: "subscription { accountStates { name } }" } }; // for admins

for (const [what, messages, code] of [
  ["is no message", ["nonsense"], 4400],
  ["asks before it has greeted", [ask], 4401],
  ["greets with a wrong key", [{ type: "connection_init", payload: bearer("wrong") }], 4403],
  ["greets with no key", [{ type: "connection_init" }], 4403],
  ["does not greet in time", [], 4408],
  ["uses an id twice at once", [admin, stay, stay], 4409],
  ["greets twice", [init, init], 4429],
]) {
  test(`whoever ${what} is closed with ${code}`, async () => {
    const socket = new WebSocket(address, "graphql-transport-ws");
    await once(socket, "open");
    for (const message of messages) socket.send(typeof message === "string" ? message : JSON.stringify(message));
    const [closed] = await once(socket, "close");
    assert.equal(closed, code);
  });
}

test("whoever names no protocol is closed with 4406", async () => {
  const socket = new WebSocket(address);
  const [closed] = await once(socket, "close");
  assert.equal(closed, 4406);
});

test("a wrong key in the header gets no connection", async () => {
  const socket = new WebSocket(address, "graphql-transport-ws", { headers: bearer("wrong") });
  const [error] = await once(socket, "error");
  assert.match(error.message, /401/);
});

test("a stranger cannot follow another's reply, and one without a key is not let in", async () => {
  const turnId = await asked("hello");
  const { client } = connected(strangerKey);
  const { data, errors } = await one(client, REPLY, { turnId, after: 0 });
  assert.equal(data, null);
  assert.equal(errors[0].extensions.code, "not_found");
  await client.dispose();
  const outside = connected("wrong").client;
  assert.equal((await refusal(one(outside, VIEWER))).code, 4403);
  await outside.dispose();
});
