import { expect, test } from "vitest";

import { type Draft, inputOf, mistakesOf } from "./user_form";

const DRAFT: Draft = { name: " shop ", role: "CLIENT", plus: true, externalId: " ", keyName: "first key" };

test("what is typed is trimmed, and an own id that is left empty is none", () => {
  expect(inputOf(DRAFT, null)).toEqual({ name: "shop", role: "CLIENT", plus: true, externalId: null, keyName: "first key", expiresAt: null });
});

test("what is missing, too long or past is told without the server", () => {
  expect(mistakesOf(DRAFT, null)).toEqual({});
  expect(mistakesOf({ ...DRAFT, name: "", externalId: "x".repeat(201), keyName: " " }, undefined)).toEqual({
    name: { word: "missing" },
    externalId: { word: "tooLong" },
    keyName: { word: "missing" },
    expiresAt: { word: "past" },
  });
});
