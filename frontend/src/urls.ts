import type { Settings } from "./settings";

/** Every URL that the app shows or calls.  All begin with the base path under which the server is reached. */
export interface Urls {
  chat: string;
  conversation: (id: string) => string;
  conversationPattern: string;
  recall: string;
  accessToken: string;
  addUser: string;
  signIn: string;
  root: string;
  calls: { graphql: string; graphqlStream: string; session: string };
}

export function urlsFrom({ base, paths }: Settings): Urls {
  const prefix = base.replace(/\/+$/, "");
  const at = (path: string) => `${prefix}/${path.replace(/^\/+/, "")}`;
  return {
    root: `${prefix}/`,
    chat: at(paths.chat),
    conversation: (id) => `${at(paths.chat)}/${encodeURIComponent(id)}`,
    conversationPattern: `${at(paths.chat)}/:id`,
    recall: at(paths.recall),
    accessToken: at(paths.accessToken),
    addUser: at(paths.addUser),
    signIn: at(paths.signIn),
    calls: { graphql: at(paths.graphql), graphqlStream: at(paths.graphqlStream), session: at(paths.session) },
  };
}
