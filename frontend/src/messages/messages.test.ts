import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { en } from "./en";
import { explain, messagesFor } from "./messages";

/** Codes that never reach the app: the server does not start with them. */
const NEVER_HERE = new Set(["error", "settings_invalid", "record_unusable", "record_in_use"]);

test("every error code of the server is explained", () => {
  const source = readFileSync("backend/errors.py", "utf-8");
  const codes = [...source.matchAll(/^ {4}code(?:: ClassVar\[str\])? = "(\w+)"$/gm)].map((match) => match[1] ?? "");
  expect(codes.length).toBeGreaterThan(20);
  expect(codes.filter((code) => !NEVER_HERE.has(code) && !(code in en.errors))).toEqual([]);
});

test("the server's sentence is shown where it says more, with what to do", () => {
  const shown = explain(en, { code: "account_unavailable", sentence: "It is back in 60 s." });
  expect(shown.what).toBe("It is back in 60 s.");
  expect(shown.todo).toMatch(/new conversation/);
});

test("a code that nobody knows still has a sentence", () => {
  expect(explain(en, { code: "new_code", sentence: "" }).what).toBe("Something went wrong.");
});

test("a language without a catalogue falls back", () => {
  expect(messagesFor(["xx", "en-GB"])).toBe(en);
  expect(messagesFor(["xx"])).toBe(en);
});
