import type { AccountKind, AccountSecret, AddAccountInput, ChangeAccountInput } from "@/graphql/generated/graphql";
import type { Refused } from "@/messages/mistakes";
import type { Mistakes as MistakesOf } from "@/ui/mistakes";

import type { Defined } from "./standing";

export type Way = "password" | "refreshToken" | "accessToken";
export type FieldName =
  | "name"
  | "email"
  | "password"
  | "refreshToken"
  | "accessToken"
  | "baseUrl"
  | "apiKey"
  | "model"
  | "concurrency"
  | "weight"
  | "context"
  | "proxy"
  | "loginUrl"
  | "authUrl";

export interface Field {
  name: FieldName;
  look: "text" | "secret" | "number" | "address" | "email";
  required: boolean;
  /** Whether it stands with those that few accounts need. */
  rare: boolean;
}

export interface Draft {
  kind: AccountKind;
  way: Way;
  plus: boolean;
  /** Of an account that is there, what it has and does not show: left as it is, it stays.  Null where the account is new. */
  kept: readonly FieldName[] | null;
  /** Whether the key that it has is to go. */
  withoutKey: boolean;
  values: Readonly<Partial<Record<FieldName, string>>>;
}

export const NO_ACCOUNT: Draft = { kind: "CHATGPT", way: "password", plus: false, kept: null, withoutKey: false, values: {} };
export const KINDS: readonly AccountKind[] = ["CHATGPT", "OPENAI", "REHEARSAL"];
export const WAYS: readonly Way[] = ["password", "refreshToken", "accessToken"];

type Mistakes = MistakesOf<FieldName, "missing" | "number">;

const field = (name: FieldName, look: Field["look"] = "text", rest: Partial<Field> = {}): Field => ({
  name,
  look,
  required: false,
  rare: false,
  ...rest,
});
const needed = { required: true };
const rare = { rare: true };

const SIGN_IN: Record<Way, readonly Field[]> = {
  password: [field("email", "email", needed), field("password", "secret", needed)],
  refreshToken: [field("refreshToken", "secret", needed)],
  accessToken: [field("accessToken", "secret", needed)],
};

const SECRETS: ReadonlySet<string> = new Set(["password", "refreshToken", "accessToken", "apiKey", "proxy"]);

const HIDDEN: Record<AccountSecret, FieldName> = {
  PASSWORD: "password",
  REFRESH_TOKEN: "refreshToken",
  ACCESS_TOKEN: "accessToken",
  API_KEY: "apiKey",
  PROXY_LOGIN: "proxy",
};

/** An account that is there is known by its name, and needs no secret that it has. */
export function fieldsOf(draft: Draft): Field[] {
  const { kind, way, kept, withoutKey } = draft;
  const name = kept === null ? [field("name", "text", needed)] : [];
  const proxy = field("proxy");
  const weight = field("weight", "number", rare);
  if (kind === "REHEARSAL") return name;
  if (kind === "OPENAI") {
    const own = [field("baseUrl", "address", needed), field("model", "text", needed), ...(withoutKey ? [] : [field("apiKey", "secret")])];
    return [...name, ...own, proxy, field("concurrency", "number", rare), weight, field("context", "number", rare)];
  }
  const addresses = (["baseUrl", "loginUrl", "authUrl"] as const).map((each) => field(each, "address", rare));
  const signIn = SIGN_IN[way].map((each) => ({ ...each, required: !isKept(draft, each.name) }));
  return [...name, ...signIn, proxy, field("model", "text", rare), weight, ...addresses];
}

export function isKept({ kept }: Draft, name: FieldName): boolean {
  return kept?.includes(name) === true;
}

/** The form as an account that is there fills it. */
export function draftOf({ kind, plus, definition }: Defined): Draft {
  const { secrets, ...open } = definition;
  const values: Partial<Record<FieldName, string>> = {};
  for (const name of ["email", "baseUrl", "loginUrl", "authUrl", "model", "concurrency", "weight", "context", "proxy"] as const) {
    values[name] = open[name]?.toString() ?? "";
  }
  const kept = secrets.map((secret) => HIDDEN[secret]);
  const way = kept.includes("accessToken") ? "accessToken" : kept.includes("refreshToken") ? "refreshToken" : "password";
  return { kind, way, plus, kept, withoutKey: false, values };
}

/** What can be told wrong without asking the server. */
export function mistakesOf(draft: Draft): Mistakes {
  const found: { -readonly [F in FieldName]?: Mistakes[F] } = {};
  for (const { name, look, required } of fieldsOf(draft)) {
    const value = valueOf(draft, name);
    if (required && value === "") found[name] = { word: "missing" };
    else if (look === "number" && value !== "" && !/^[1-9]\d{0,8}$/.test(value)) found[name] = { word: "number" };
  }
  return found;
}

/** Only what the kind's fields hold goes to the server: not what was typed for another one. */
export function inputOf(draft: Draft): AddAccountInput {
  const given = fieldsOf(draft)
    .map(({ name, look }) => [name, look, valueOf(draft, name)] as const)
    .filter(([, , value]) => value !== "")
    .map(([name, look, value]) => [name, look === "number" ? Number(value) : value]);
  return { ...(Object.fromEntries(given) as Record<string, never>), name: valueOf(draft, "name"), kind: draft.kind, plus: draft.plus };
}

/** What is otherwise than it was.  Another way to sign in takes the place of the former one. */
export function changesOf(draft: Draft, before: Draft): Omit<ChangeAccountInput, "name"> {
  const fields = fieldsOf(draft);
  const changes: Record<string, unknown> = {};
  if (draft.plus !== before.plus) changes["plus"] = draft.plus;
  for (const { name, look } of fields) {
    const value = valueOf(draft, name);
    if (value !== valueOf(before, name)) changes[name] = value === "" ? null : look === "number" ? Number(value) : value;
  }
  const gone = draft.way === before.way ? [] : Object.values(SIGN_IN).flat();
  for (const { name } of gone) if (!fields.some((field) => field.name === name)) changes[name] = null;
  if (draft.withoutKey) changes["apiKey"] = null;
  return changes;
}

/** What the server refused, each beside its field where it names one that is shown. */
export function mistakesFrom(refused: readonly Refused[], draft: Draft): { mistakes: Mistakes; rest: string } {
  const shown = new Set<string>(fieldsOf(draft).map(({ name }) => name));
  const mistakes: Record<string, { sentence: string }> = {};
  const rest: string[] = [];
  for (const { field: name, sentence } of refused) {
    if (shown.has(name)) mistakes[name] = { sentence };
    else rest.push(name === "" ? sentence : `${name}: ${sentence}`);
  }
  return { mistakes, rest: rest.join(" ") };
}

/** What may be a secret is again as it was before anything was typed. */
export function withoutSecrets(draft: Draft, before: Draft): Draft {
  const typed = Object.entries(draft.values).filter(([name]) => !SECRETS.has(name));
  const untyped = Object.entries(before.values).filter(([name]) => SECRETS.has(name));
  return { ...draft, values: Object.fromEntries([...typed, ...untyped]) };
}

function valueOf(draft: Draft, name: FieldName): string {
  return (draft.values[name] ?? "").trim();
}
