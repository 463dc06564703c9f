import { expect, test } from "vitest";

import { changesOf, type Draft, draftOf, fieldsOf, inputOf, mistakesFrom, mistakesOf, NO_ACCOUNT, withoutSecrets } from "./account_form";
import { ACCOUNT } from "./an_account";
import type { Defined } from "./standing";

const LAB: Draft = {
  ...NO_ACCOUNT,
  kind: "OPENAI",
  values: { name: " lab ", baseUrl: "http://127.0.0.1/v1", model: "m", concurrency: "8", password: "typed before" },
};

test("the kind and the way to sign in choose the fields", () => {
  const names = (draft: Draft) => fieldsOf(draft).map(({ name }) => name);
  expect(names({ ...NO_ACCOUNT, kind: "REHEARSAL" })).toEqual(["name"]);
  expect(names(NO_ACCOUNT)).toContain("password");
  expect(names({ ...NO_ACCOUNT, way: "accessToken" })).not.toContain("password");
});

test("only what the kind's fields hold is sent", () => {
  expect(inputOf(LAB)).toEqual({
    name: "lab",
    kind: "OPENAI",
    plus: false,
    baseUrl: "http://127.0.0.1/v1",
    model: "m",
    concurrency: 8,
  });
});

test("what is missing or no number is told without the server", () => {
  expect(mistakesOf(LAB)).toEqual({});
  expect(mistakesOf({ ...LAB, values: { ...LAB.values, model: " ", concurrency: "0" } })).toEqual({
    model: { word: "missing" },
    concurrency: { word: "number" },
  });
});

test("each sentence of a refusal stands beside its field", () => {
  const refused = [
    { field: "baseUrl", sentence: "Must be an address." },
    { field: "proxy", sentence: "Must name a port." },
    { field: "email", sentence: "Is odd." },
  ];
  expect(mistakesFrom(refused, LAB)).toEqual({
    mistakes: { baseUrl: { sentence: "Must be an address." }, proxy: { sentence: "Must name a port." } },
    rest: "email: Is odd.",
  });
});

test("a refusal of the account as a whole stands by itself", () => {
  expect(mistakesFrom([{ field: "", sentence: "No." }], LAB)).toEqual({ mistakes: {}, rest: "No." });
});

const THERE: Defined = {
  ...ACCOUNT,
  name: "lab",
  hasProxy: true,
  viewerCanCheckProxy: true,
  definition: {
    weight: 1,
    concurrency: 1,
    proxy: "socks5://127.0.0.1:1080",
    model: null,
    context: null,
    baseUrl: "https://example.org/api",
    loginUrl: "https://example.org",
    authUrl: "https://example.org",
    email: "a@example.org",
    secrets: ["PASSWORD", "PROXY_LOGIN"],
  },
};
const OPEN = draftOf(THERE);
const typed = (values: Draft["values"], rest: Partial<Draft> = {}): Draft => ({ ...OPEN, ...rest, values: { ...OPEN.values, ...values } });

test("what nobody touched of an account that is there is not sent, its secrets least of all", () => {
  expect(mistakesOf(OPEN)).toEqual({});
  expect(changesOf(OPEN, OPEN)).toEqual({});
  expect(changesOf(typed({ password: "new one", weight: "3" }, { plus: true }), OPEN)).toEqual({ password: "new one", weight: 3, plus: true });
});

test("what was emptied is taken away, unless it is a secret", () => {
  expect(changesOf(typed({ proxy: " ", password: "" }), OPEN)).toEqual({ proxy: null });
  expect(mistakesOf(typed({ email: "" }))).toEqual({ email: { word: "missing" } });
});

test("another way to sign in needs its secret and takes the place of the former one", () => {
  expect(mistakesOf(typed({}, { way: "accessToken" }))).toEqual({ accessToken: { word: "missing" } });
  expect(changesOf(typed({ accessToken: "token" }, { way: "accessToken" }), OPEN)).toEqual({
    accessToken: "token",
    refreshToken: null,
    email: null,
    password: null,
  });
});

test("an account that signs in by more than one way keeps them while none is chosen", () => {
  const both = draftOf({ ...THERE, definition: { ...THERE.definition, secrets: ["ACCESS_TOKEN", "PASSWORD"] } });
  expect(both.way).toBe("accessToken");
  expect(changesOf({ ...both, values: { ...both.values, accessToken: "newer" } }, both)).toEqual({ accessToken: "newer" });
});

test("the key of a server that wants none any more is taken away", () => {
  const lab = draftOf({ ...THERE, kind: "OPENAI", definition: { ...THERE.definition, model: "m", secrets: ["API_KEY"] } });
  expect(changesOf(lab, lab)).toEqual({});
  expect(changesOf({ ...lab, withoutKey: true }, lab)).toEqual({ apiKey: null });
});

test("what waits for its admin to sign in again holds no secret, and takes nothing away", () => {
  const waiting = withoutSecrets(typed({ password: "new one", proxy: "socks5://me:secret@127.0.0.1:1", model: "m" }), OPEN);
  expect(JSON.stringify(waiting)).not.toMatch(/new one|secret@/);
  expect(changesOf(waiting, OPEN)).toEqual({ model: "m" });
});
