import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { de } from "./de";
import { en } from "./en";
import { explain, languageFor, loadMessages } from "./messages";

/** Codes that never reach the app: the server does not start with them. */
const NEVER_HERE = new Set(["error", "settings_invalid", "record_unusable", "record_in_use"]);

test.each([en, de])("every error code of the server is explained in $language", ({ errors }) => {
  const source = readFileSync("backend/errors.py", "utf-8");
  const codes = [...source.matchAll(/^ {4}code(?:: ClassVar\[str\])? = "(\w+)"$/gm)].map((match) => match[1] ?? "");
  expect(codes.length).toBeGreaterThan(20);
  expect(codes.filter((code) => !NEVER_HERE.has(code) && !(code in errors))).toEqual([]);
});

test("the server's sentence is shown where it says more, with what to do", () => {
  const shown = explain(en, { code: "account_unavailable", sentence: "It is back in 60 s." });
  expect(shown.what).toBe("It is back in 60 s.");
  expect(shown.todo).toMatch(/new conversation/);
});

test("a code that nobody knows still has a sentence", () => {
  expect(explain(en, { code: "new_code", sentence: "" }).what).toBe("Something went wrong.");
});

test("in another language the server's English sentence stands behind ours", () => {
  const { what, todo } = explain(de, { code: "account_unavailable", sentence: "It is back in 60 s." });
  expect(what).toMatch(/Konto/);
  expect(todo).toMatch(/Der Server sagt: It is back in 60 s\.$/);
});

test("the reader's first language with a catalogue is taken, unless one is chosen", () => {
  expect(languageFor("system", ["xx", "de-AT", "en"])).toBe("de");
  expect(languageFor("system", ["xx"])).toBe("en");
  expect(languageFor("en", ["de"])).toBe("en");
});

test("dates and numbers are in the reader's own variety of the language", async () => {
  const messages = await loadMessages("system", ["en-GB", "de"]);
  expect([messages.language, messages.ui.language, messages.conversations.days.language]).toEqual(["en-GB", "en-GB", "en-GB"]);
  expect((await loadMessages("de", ["en-GB"])).language).toBe("de");
});

/** Every text of a catalogue by where it stands; what takes an argument is called with a number. */
function texts(part: unknown, path: string): [string, string][] {
  if (typeof part === "string") return [[path, part]];
  if (typeof part === "function") return texts((part as (...given: number[]) => unknown)(1, 2), path);
  if (typeof part !== "object" || part === null) return [];
  return Object.entries(part).flatMap(([name, inner]) => texts(inner, `${path}.${name}`));
}

test("no text was forgotten in English", () => {
  /** The same in both: names, technical words, examples, and the command that the rehearsal understands. */
  const same = /^(\W|\d|s|min|Plus|Free|Name|Proxy|Chat|Code|Prompt|Admin|Client|Version|ChatGPT|API|JSON|server|settings|yaml|accounts|in|Alt|English|Deutsch|optional)+$|ltr|python -m|\/rehearse help/;
  const english = new Map(texts(en, ""));
  const forgotten = texts(de, "").filter(([path, text]) => {
    return text !== "" && english.get(path) === text && !same.test(text) && !same.test(path);
  });
  expect(forgotten).toEqual([]);
});
