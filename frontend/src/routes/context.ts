import { createContext, useContext } from "react";

import type { Chat } from "@/features/chat/chat";
import type { ConversationList } from "@/features/conversations/conversation_list";
import type { Search } from "@/features/conversations/search";
import type { Session } from "@/features/session/session";
import type { Importing } from "@/features/transfers/importing";
import type { Api } from "@/graphql/api";
import type { Urls } from "@/urls";

/** What the app is put together from; `app.tsx` makes it. */
export interface App {
  urls: Urls;
  api: Api;
  session: Session;
  list: ConversationList;
  search: Search;
  chat: Chat;
  importing: Importing;
}

const Context = createContext<App | null>(null);
export const AppProvider = Context.Provider;

export function useApp(): App {
  const app = useContext(Context);
  if (app === null) throw new Error("no app around this component");
  return app;
}
