/** urql as its users set it up: POST for queries and mutations, graphql-sse for subscriptions. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Client, fetchExchange, subscriptionExchange } from "@urql/core";
import { createClient } from "graphql-sse";
import { onEnd, pipe, subscribe } from "wonka";

import { asked, bearer, CHAT, Reader, REPLY, strangerKey, url, userKey, VIEWER } from "./server.mjs";

function connected(key = userKey) {
  const streams = createClient({ url: `${url}/graphql/stream`, headers: bearer(key), retryAttempts: 0 });
  return new Client({
    url: `${url}/graphql`,
    preferGetMethod: false,
    requestPolicy: "network-only",
    fetchOptions: { headers: { ...bearer(key), accept: "application/graphql-response+json, application/json" } },
    exchanges: [
      subscriptionExchange({
        forwardSubscription: ({ query, documentId, variables }) => ({
          subscribe: (sink) => ({ unsubscribe: streams.subscribe({ query, documentId, variables }, sink) }),
        }),
      }),
      fetchExchange,
    ],
  });
}

/** The results of a subscription; stops listening behind the first `most` of them. */
function followed(client, variables, take, most = Infinity) {
  return new Promise((resolve) => {
    let left = most;
    const listening = pipe(
      client.subscription(REPLY, variables),
      onEnd(resolve),
      subscribe((result) => {
        if (result.hasNext === false && !result.error) return; // urql gives the last result again at the end
        take(result);
        left -= 1;
        if (left === 0 || result.error) {
          listening.unsubscribe();
          resolve();
        }
      }),
    );
  });
}

test("it asks by query and chats by mutation", async () => {
  const client = connected();
  assert.equal((await client.query(VIEWER, {})).data.viewer.name, "uma");
  const { data } = await client.mutation(CHAT, { input: { prompt: "hello" } });
  assert.equal(data.chat.turn.state, "FINISHED");
});

test("it follows a reply, and again behind the last number", async () => {
  const turnId = await asked("/rehearse drip");
  const reader = new Reader();
  for (let times = 0; reader.end === null && times < 1000; times += 1)
    await followed(connected(), { turnId, after: reader.after }, ({ data }) => data && reader.take(data.reply), 5);
  assert.ok(reader.whole);
});

test("it reads the codes of errors", async () => {
  const { error } = await connected().query("{ accounts { name } }", {});
  assert.equal(error.graphQLErrors[0].extensions.code, "not_allowed");
});

test("a document that the server does not know is told by its code", async () => {
  const { error } = await connected().query({ definitions: [], documentId: "sha256:0" }, {});
  assert.equal(error.graphQLErrors[0].extensions.code, "document_unknown");
});

test("a wrong key is refused, and a stranger cannot follow another's reply", async () => {
  const { error } = await connected("wrong").query(VIEWER, {});
  assert.equal(error.response.status, 401);
  const codes = [];
  await followed(connected(strangerKey), { turnId: await asked("hello"), after: 0 }, (result) =>
    codes.push(result.error.graphQLErrors[0].extensions.code),
  );
  assert.deepEqual(codes, ["not_found"]);
});
