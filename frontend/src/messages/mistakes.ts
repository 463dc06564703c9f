import type { Failure } from "@/graphql/failure";

import type { Messages } from "./en";

/** What a failure says of one field; `field` is empty where it names none. */
export interface Refused {
  field: string;
  sentence: string;
}

type Details = Readonly<Record<string, unknown>>;

/** What is wrong, in the app's language where there is a word for it, else as the server says it. */
export function refusedFields(messages: Messages, { sentence, details }: Pick<Failure, "sentence" | "details">): Refused[] {
  const several = details["mistakes"];
  const all = Array.isArray(several) ? (several as Details[]) : [{ ...details, sentence }];
  return all.map((one) => ({ field: textOf(one["field"]), sentence: mistakeIn(messages, one) ?? asSentence(textOf(one["sentence"])) }));
}

/** What is refused of these fields; null where it is about none of them. */
export function besideFields<F extends string>(refused: readonly Refused[], fields: readonly F[]): Partial<Record<F, { sentence: string }>> | null {
  const beside: Partial<Record<F, { sentence: string }>> = {};
  for (const name of fields) {
    const sentence = refused.find(({ field }) => field === name)?.sentence;
    if (sentence !== undefined) beside[name] = { sentence };
  }
  return Object.keys(beside).length === 0 ? null : beside;
}

/** A mistake that the catalogue knows, with its facts put in; null where one is missing. */
export function mistakeIn(messages: Messages, details: Details): string | null {
  const words = messages.mistakes[textOf(details["mistake"])];
  if (words === undefined) return null;
  const facts = [...words.matchAll(/\{(\w+)\}/g)].map(([place, fact = ""]) => [place, shownFact(messages.language, fact, details[fact])] as const);
  if (facts.some(([, shown]) => shown === "")) return null;
  return facts.reduce((sentence, [place, shown]) => sentence.replace(place, () => shown), words);
}

function shownFact(language: string, fact: string, value: unknown): string {
  if (typeof value === "number") return value.toLocaleString(language);
  const text = textOf(value);
  if (fact !== "until" || text === "") return text;
  return new Date(text).toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** The server's sentences about an account's keys are parts of one. */
function asSentence(part: string): string {
  const begun = part.charAt(0).toUpperCase() + part.slice(1);
  return begun === "" || /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
