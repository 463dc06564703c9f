import type { Settings } from "./settings";

/** Every URL that the app shows or calls.  All begin with the base path under which the server is reached. */
export interface Urls {
  chat: string;
  /** `through` is a turn: the path through it is shown, in place of the newest. */
  conversation: (id: string, through?: string | null) => string;
  /** A conversation at one of its turns, or at its end. */
  turn: (conversationId: string, turnId: string | null) => string;
  /** The turn that the query of a conversation's address asks for. */
  turnOf: (query: string) => string | null;
  recall: string;
  accessToken: string;
  addUser: string;
  /** The same with the role chosen. */
  addClient: string;
  accounts: string;
  account: (name: string) => string;
  /** The name in the path of an account's page, null where there is none. */
  accountOf: (path: string) => string | null;
  addAccount: string;
  changeAccount: (name: string) => string;
  users: string;
  user: (id: string) => string;
  /** The id in the path of a user's page, null where there is none. */
  userOf: (path: string) => string | null;
  use: string;
  /** The same with what it is to show, by the names of its query. */
  useOf: (shown: Record<string, string>) => string;
  settings: string;
  signIn: string;
  root: string;
  /** A file to keep: of one conversation, or of all. */
  exported: (format: "markdown" | "json" | "chatgpt", conversationId?: string) => string;
  calls: { graphql: string; graphqlStream: string; session: string; imports: string; v1: string };
}

const THROUGH = "through";

/** The turn that the address of a conversation names; null where it names none. */
export function throughOf(search: string): string | null {
  return new URLSearchParams(search).get(THROUGH);
}

export function urlsFrom({ base, paths }: Settings): Urls {
  const prefix = base.replace(/\/+$/, "");
  const at = (path: string) => `${prefix}/${path.replace(/^\/+/, "")}`;
  const conversation = (id: string, query: Record<string, string> = {}) => {
    return withQuery(`${at(paths.chat)}/${encodeURIComponent(id)}`, query);
  };
  return {
    root: `${prefix}/`,
    chat: at(paths.chat),
    conversation: (id, through = null) => conversation(id, through === null ? {} : { [THROUGH]: through }),
    turn: (id, turnId) => conversation(id, turnId === null ? {} : { [THROUGH]: turnId, turn: turnId }),
    turnOf: (query) => new URLSearchParams(query).get("turn"),
    recall: at(paths.recall),
    accessToken: at(paths.accessToken),
    addUser: at(paths.addUser),
    addClient: `${at(paths.addUser)}?role=client`,
    accounts: at(paths.accounts),
    account: (name) => `${at(paths.accounts)}/${encodeURIComponent(name)}`,
    accountOf: (path) => below(path, at(paths.accounts)),
    // Not below the page, where accounts of any name stand.
    addAccount: `${at(paths.accounts)}?add`,
    changeAccount: (name) => `${at(paths.accounts)}/${encodeURIComponent(name)}?change`,
    users: at(paths.users),
    user: (id) => `${at(paths.users)}/${encodeURIComponent(id)}`,
    userOf: (path) => below(path, at(paths.users)),
    use: at(paths.use),
    useOf: (shown) => withQuery(at(paths.use), shown),
    settings: at(paths.settings),
    signIn: at(paths.signIn),
    exported: (format, id) => {
      const query = new URLSearchParams({ format, ...(id === undefined ? {} : { conversation: id }) });
      return `${at(paths.exports)}?${query.toString()}`;
    },
    calls: {
      graphql: at(paths.graphql),
      graphqlStream: at(paths.graphqlStream),
      session: at(paths.session),
      imports: at(paths.imports),
      v1: at(paths.v1),
    },
  };
}

function withQuery(path: string, query: Record<string, string>): string {
  const asked = new URLSearchParams(query).toString();
  return asked === "" ? path : `${path}?${asked}`;
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
