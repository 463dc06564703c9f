import type { AccountKind, AddAccountInput } from "@/graphql/generated/graphql";
import type { Refused } from "@/messages/mistakes";
import type { Mistakes as MistakesOf } from "@/ui/mistakes";

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
  values: Readonly<Partial<Record<FieldName, string>>>;
}

export const NO_ACCOUNT: Draft = { kind: "CHATGPT", way: "password", plus: false, values: {} };
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

export function fieldsOf({ kind, way }: Pick<Draft, "kind" | "way">): Field[] {
  const name = field("name", "text", needed);
  const proxy = field("proxy");
  if (kind === "REHEARSAL") return [name];
  if (kind === "OPENAI") {
    const own = [field("baseUrl", "address", needed), field("model", "text", needed), field("apiKey", "secret")];
    return [name, ...own, proxy, field("concurrency", "number", rare), field("context", "number", rare)];
  }
  const addresses = (["baseUrl", "loginUrl", "authUrl"] as const).map((each) => field(each, "address", rare));
  return [name, ...SIGN_IN[way], proxy, field("model", "text", rare), ...addresses];
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

export function withoutSecrets(draft: Draft): Draft {
  const open = Object.entries(draft.values).filter(([name]) => !SECRETS.has(name));
  return { ...draft, values: Object.fromEntries(open) };
}

function valueOf(draft: Draft, name: FieldName): string {
  return (draft.values[name] ?? "").trim();
}
