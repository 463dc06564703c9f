/** What the server writes into the page; every value has a default, so that the page also runs without one. */
export interface Settings {
  base: string;
  paths: Paths;
  version: string;
}

export interface Paths {
  chat: string;
  recall: string;
  accessToken: string;
  addUser: string;
  accounts: string;
  users: string;
  use: string;
  settings: string;
  graphql: string;
  graphqlStream: string;
  session: string;
  imports: string;
  exports: string;
  signIn: string;
  v1: string;
}

const DEFAULTS: Settings = {
  base: "/",
  paths: {
    chat: "/chat",
    recall: "/recall",
    accessToken: "/access-token",
    addUser: "/admin/add-user",
    accounts: "/accounts",
    users: "/admin/users",
    use: "/use",
    settings: "/settings",
    graphql: "/graphql",
    graphqlStream: "/graphql/stream",
    session: "/session",
    imports: "/imports",
    exports: "/exports",
    signIn: "/sign-in",
    v1: "/v1",
  },
  version: "",
};

/** The server is trusted to write what it promises; what it leaves out keeps its default. */
export function settingsFrom(text: string | null | undefined): Settings {
  const given = JSON.parse(text ?? "{}") as Partial<Settings>;
  return {
    base: given.base ?? DEFAULTS.base,
    paths: { ...DEFAULTS.paths, ...given.paths },
    version: given.version ?? DEFAULTS.version,
  };
}
