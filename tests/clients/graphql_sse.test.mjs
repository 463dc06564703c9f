/** The graphql-sse client, in its mode of distinct connections: the one that the server speaks. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { createClient } from "graphql-sse";

import { asked, bearer, CHAT, Reader, refusal, REPLY, strangerKey, url, userKey, VIEWER } from "./server.mjs";

const connected = (key = userKey, options = {}) =>
  createClient({ url: `${url}/graphql/stream`, headers: bearer(key), retryAttempts: 0, ...options });

async function one(client, query, variables) {
  for await (const result of client.iterate({ query, variables })) return result;
}

test("it asks and chats", async () => {
  const client = connected();
  assert.equal((await one(client, VIEWER)).data.viewer.name, "uma");
  const { data } = await one(client, CHAT, { input: { prompt: "hello" } });
  assert.equal(data.chat.turn.state, "FINISHED");
});

test("it follows a reply to its end", async () => {
  const reader = new Reader();
  const variables = { turnId: await asked("hello"), after: 0 };
  for await (const { data } of connected().iterate({ query: REPLY, variables })) reader.take(data.reply);
  assert.ok(reader.whole);
});

test("a stream that is left is taken up behind the last number", async () => {
  const turnId = await asked("/rehearse drip");
  const reader = new Reader();
  for (let times = 0; reader.end === null && times < 1000; times += 1) {
    let left = 2;
    for await (const { data } of connected().iterate({ query: REPLY, variables: { turnId, after: reader.after } })) {
      reader.take(data.reply);
      left -= 1;
      if (left === 0) break;
    }
  }
  assert.ok(reader.whole);
});

test("it reads the codes of errors", async () => {
  for (const [query, code] of [
    ["{", "invalid_input"],
    ["{ accounts { name } }", "not_allowed"],
    [`{ ${"__typename ".repeat(601)} }`, "document_refused"],
  ]) {
    const { errors } = await one(connected(), query);
    assert.equal(errors[0].extensions.code, code);
  }
});

test("its mode of a single connection is refused with a status, not left hanging", async () => {
  const client = connected(userKey, { singleConnection: true });
  const error = await refusal(one(client, VIEWER));
  assert.equal(error.response.status, 405);
  client.dispose();
});

test("a wrong key is refused, and a stranger cannot follow another's reply", async () => {
  assert.equal((await refusal(one(connected("wrong"), VIEWER))).response.status, 401);
  const { data, errors } = await one(connected(strangerKey), REPLY, { turnId: await asked("hello"), after: 0 });
  assert.equal(data, null);
  assert.equal(errors[0].extensions.code, "not_found");
});
