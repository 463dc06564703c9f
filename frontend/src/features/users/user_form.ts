import type { IssueKeyInput, Role } from "@/graphql/generated/graphql";
import type { Mistakes as MistakesOf } from "@/ui/mistakes";

export interface Draft {
  name: string;
  role: Role;
  plus: boolean;
  externalId: string;
  keyName: string;
}

export type FieldName = "name" | "externalId" | "keyName" | "expiresAt";
type Mistakes = MistakesOf<FieldName, "missing" | "tooLong" | "past">;

/** In the order in which they stand, of which the first wrong one gets the focus. */
export const FIELDS: readonly FieldName[] = ["name", "externalId", "keyName", "expiresAt"];
export const LONGEST = { name: 200, externalId: 200, keyName: 100 };

/** What can be told wrong without asking the server.  `expiresAt` is null for never, and unset where it is no time to come. */
export function mistakesOf(draft: Draft, expiresAt: string | null | undefined): Mistakes {
  const found: { -readonly [F in FieldName]?: Mistakes[F] } = {};
  for (const name of ["name", "externalId", "keyName"] as const) {
    const { length } = draft[name].trim();
    if (length === 0 && name !== "externalId") found[name] = { word: "missing" };
    else if (length > LONGEST[name]) found[name] = { word: "tooLong" };
  }
  if (expiresAt === undefined) found.expiresAt = { word: "past" };
  return found;
}

export function inputOf({ name, role, plus, externalId, keyName }: Draft, expiresAt: string | null): IssueKeyInput {
  const own = externalId.trim();
  return { name: name.trim(), role, plus, externalId: own === "" ? null : own, keyName: keyName.trim(), expiresAt };
}
