import { expect, test } from "vitest";

import { Failure } from "@/graphql/failure";

import { type Draft, inputOf, mistakeFrom, mistakesOf } from "./user_form";

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

test("an own id that is taken is told beside it, and what names no field stands by itself", () => {
  expect(mistakeFrom(new Failure("already_exists", "There is one.", { field: "externalId" }))).toEqual({ externalId: { word: "taken" } });
  expect(mistakeFrom(new Failure("not_allowed", "No.", { action: "plus" }))).toBeNull();
});
