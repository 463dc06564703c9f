import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { Failure } from "@/graphql/failure";

import { de } from "./de";
import { en } from "./en";
import { explain } from "./messages";
import { besideFields, refusedFields } from "./mistakes";

/** Each kind of mistake with the facts that come with it, as documented; the laws hold the document to the server. */
function documented(): [string, string[]][] {
  const text = readFileSync("docs/errors.md", "utf-8");
  const lines = text.slice(text.indexOf("## Mistakes")).matchAll(/^\| `(\w+)` \|([^|]*)\|/gm);
  return [...lines].map(([, kind = "", facts = ""]) => [kind, [...facts.matchAll(/\w+/g)].map(([fact]) => fact)]);
}

test.each([en, de])("every kind of mistake is told in $language, with its facts and no others", ({ mistakes }) => {
  const known = documented();
  expect(known.length).toBeGreaterThan(20);
  expect(Object.keys(mistakes).sort()).toEqual(known.map(([kind]) => kind).sort());
  for (const [kind, facts] of known) {
    expect([...(mistakes[kind] ?? "").matchAll(/\{(\w+)\}/g)].map(([, fact]) => fact)).toEqual(facts);
  }
});

test("a refusal is told in the app's language, and not in the server's", () => {
  const refused = new Failure("invalid_input", "`name` has 1 to 1000 characters.", { field: "name", mistake: "length", longest: 1000 });
  expect(refusedFields(de, refused)).toEqual([{ field: "name", sentence: "Hier gehen 1 bis 1.000 Zeichen." }]);
  expect(explain(de, refused)).toEqual({ what: "Hier gehen 1 bis 1.000 Zeichen.", todo: "" });
});

test("the end of one's key is told by the reader's own clock", () => {
  const until = "2030-01-31T18:00:00+00:00";
  const [only] = refusedFields(en, new Failure("invalid_input", "", { field: "expiresAt", mistake: "outlives_your_key", until }));
  expect(only?.sentence).toContain("2030");
  expect(only?.sentence).not.toContain("T18");
});

test("several mistakes stand each beside its field", () => {
  const mistakes = [
    { field: "baseUrl", sentence: "must begin with http:// or https://", mistake: "web_scheme" },
    { field: "weight", sentence: "must be a whole number", mistake: null },
  ];
  expect(refusedFields(de, new Failure("invalid_input", "`base_url`: …", { field: "baseUrl", mistakes }))).toEqual([
    { field: "baseUrl", sentence: "Das muss mit http:// oder https:// beginnen." },
    { field: "weight", sentence: "Must be a whole number." },
  ]);
});

test("a kind that the app does not know, or whose facts did not come, is told as the server says it", () => {
  for (const details of [{ mistake: "new_kind" }, { mistake: "length" }, {}]) {
    expect(refusedFields(de, new Failure("invalid_input", "Not like this.", details))).toEqual([{ field: "", sentence: "Not like this." }]);
    expect(explain(de, new Failure("invalid_input", "Not like this.", details)).todo).toMatch(/Not like this\.$/);
  }
});

test("what is refused of a form's fields stands beside them, what names none of them by itself", () => {
  const refused = [
    { field: "externalId", sentence: "There is one." },
    { field: "color", sentence: "What colour?" },
  ];
  expect(besideFields(refused, ["name", "externalId"])).toEqual({ externalId: { sentence: "There is one." } });
  expect(besideFields(refused, ["name"])).toBeNull();
  expect(besideFields([{ field: "", sentence: "No." }], ["name"])).toBeNull();
});
