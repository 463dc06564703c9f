/** The server audit suite of graphql-http: every MUST and every SHOULD of GraphQL over HTTP. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { serverAudits } from "graphql-http";

import { bearer, strangerKey, url, userKey } from "./server.mjs";

const withKey = (key) => (address, init) => fetch(address, { ...init, headers: { ...init?.headers, ...bearer(key) } });

async function audited(key) {
  const audits = serverAudits({ url: `${url}/graphql`, fetchFn: withKey(key) });
  const results = [];
  for (const audit of audits) results.push({ name: audit.name, ...(await audit.fn()) });
  return results.map(({ status, name, reason }) => `${status}: ${name}${reason ? ` (${reason})` : ""}`);
}

test("the audit finds no error and nothing to warn of", async () => {
  const results = await audited(userKey);
  assert.ok(results.length > 50, "the suite has its audits");
  assert.deepEqual(
    results.filter((each) => !each.startsWith("ok: ") && !each.startsWith("notice: ")),
    [],
  );
});

test("all that it notices is that nothing is served by GET", async () => {
  const noticed = (await audited(userKey)).filter((each) => each.startsWith("notice: "));
  assert.deepEqual(
    noticed.filter((each) => !each.includes("GET")),
    [],
  );
});

test("without a key there is nothing to audit", async () => {
  const results = await audited(`${strangerKey}x`);
  assert.ok(results.some((each) => each.startsWith("error: MUST")));
});
