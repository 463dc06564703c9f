import { expect, test } from "vitest";

import { type Draft, fieldsOf, inputOf, mistakesFrom, mistakesOf, NO_ACCOUNT } from "./account_form";

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
