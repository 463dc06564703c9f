import type { Settings } from "./settings";

/** Every URL that the app shows or calls.  All begin with the base path under which the server is reached. */
export interface Urls {
  chat: string;
  /** `through` is a turn: the path through it is shown, in place of the newest. */
  conversation: (id: string, through?: string | null) => string;
  conversationPattern: string;
  recall: string;
  accessToken: string;
  addUser: string;
  accounts: string;
  account: (name: string) => string;
  /** The name in the path of an account's page, null where there is none. */
  accountOf: (path: string) => string | null;
  addAccount: string;
  users: string;
  user: (id: string) => string;
  /** The id in the path of a user's page, null where there is none. */
  userOf: (path: string) => string | null;
  use: string;
  settings: string;
  signIn: string;
  root: string;
  calls: { graphql: string; graphqlStream: string; session: string; v1: string };
}

const THROUGH = "through";

/** The turn that the address of a conversation names; null where it names none. */
export function throughOf(search: string): string | null {
  return new URLSearchParams(search).get(THROUGH);
}

export function urlsFrom({ base, paths }: Settings): Urls {
  const prefix = base.replace(/\/+$/, "");
  const at = (path: string) => `${prefix}/${path.replace(/^\/+/, "")}`;
  return {
    root: `${prefix}/`,
    chat: at(paths.chat),
    conversation: (id, through = null) =>
      `${at(paths.chat)}/${encodeURIComponent(id)}${through === null ? "" : `?${THROUGH}=${encodeURIComponent(through)}`}`,
    conversationPattern: `${at(paths.chat)}/:id`,
    recall: at(paths.recall),
    accessToken: at(paths.accessToken),
    addUser: at(paths.addUser),
    accounts: at(paths.accounts),
    account: (name) => `${at(paths.accounts)}/${encodeURIComponent(name)}`,
    accountOf: (path) => below(path, at(paths.accounts)),
    // Not below the page, where accounts of any name stand.
    addAccount: `${at(paths.accounts)}?add`,
    users: at(paths.users),
    user: (id) => `${at(paths.users)}/${encodeURIComponent(id)}`,
    userOf: (path) => below(path, at(paths.users)),
    use: at(paths.use),
    settings: at(paths.settings),
    signIn: at(paths.signIn),
    calls: { graphql: at(paths.graphql), graphqlStream: at(paths.graphqlStream), session: at(paths.session), v1: at(paths.v1) },
  };
}

function below(path: string, list: string): string | null {
  return decoded(path.slice(list.length + 1)) || null;
}

/** Addresses are typed by hand as well: one that is not well encoded stands for itself. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
