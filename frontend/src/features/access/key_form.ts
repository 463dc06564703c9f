import { type Expiry, momentOf, NEVER } from "@/ui/expiry";
import type { Mistakes as MistakesOf } from "@/ui/mistakes";
import { fieldTime } from "@/ui/moments";

import type { Key, KeyChange } from "./access";

export const LONGEST_NAME = 100;

type FieldName = "name" | "expiresAt";
type Mistakes = MistakesOf<FieldName, "missing" | "tooLong" | "past">;

export const FIELDS: readonly FieldName[] = ["name", "expiresAt"];

export function expiryOf({ expiresAt }: Pick<Key, "expiresAt">): Expiry {
  return expiresAt === null ? NEVER : { choice: "date", date: fieldTime(Date.parse(expiresAt)) };
}

/** What can be told wrong without asking the server.  A time that was not touched is not looked at. */
export function mistakesOf(name: string, expiry: Expiry, before: Expiry | null, now: number): Mistakes {
  const mistakes: { -readonly [F in FieldName]?: Mistakes[F] } = {};
  if (name.trim() === "") mistakes.name = { word: "missing" };
  else if (name.trim().length > LONGEST_NAME) mistakes.name = { word: "tooLong" };
  if (!isSame(expiry, before) && momentOf(expiry, now) === undefined) mistakes.expiresAt = { word: "past" };
  return mistakes;
}

/** What differs from the key as it is: a field knows minutes alone, and must not move the seconds. */
export function changeOf(key: Key, name: string, expiry: Expiry, now: number): KeyChange {
  const expiresAt = isSame(expiry, expiryOf(key)) ? undefined : momentOf(expiry, now);
  return { ...(name.trim() === key.name ? {} : { name: name.trim() }), ...(expiresAt === undefined ? {} : { expiresAt }) };
}

function isSame(one: Expiry, other: Expiry | null): boolean {
  return other !== null && one.choice === other.choice && (one.choice !== "date" || one.date === other.date);
}
