import "./ui/tokens.css";
import "./ui/base.css";

import { type ReactNode, StrictMode } from "react";
import { createRoot } from "react-dom/client";

import type { Arrival } from "@/browser/arrival";
import { Chat } from "@/features/chat/chat";
import { NEW } from "@/features/chat/drafts";
import { ConversationList } from "@/features/conversations/conversation_list";
import { Search } from "@/features/conversations/search";
import { checkedDownloads } from "@/features/session/downloads";
import { Session } from "@/features/session/session";
import { Importing } from "@/features/transfers/importing";
import { Api } from "@/graphql/api";
import { preferences } from "@/browser/preferences";
import { unsent } from "@/browser/unsent";
import { loadMessages, type Messages, MessagesProvider, useMessages } from "@/messages/messages";
import { type App, AppProvider } from "@/routes/context";
import { Routes } from "@/routes/Routes";
import { settingsFrom } from "@/settings";
import { fetchAnswersSoon } from "@/ui/lazily";
import { preloadMarkdown } from "@/ui/Markdown";
import { MissingPart } from "@/ui/MissingPart";
import { UiWordsProvider } from "@/ui/words";
import { urlsFrom } from "@/urls";

/** Milliseconds until what answers the reader is fetched although they have not moved yet. */
const LATER = 3000;

let session: Session | null = null;

/** Put the app together and show it.  The only place that knows all of its parts. */
export function start(arrival: Arrival): void {
  const app = assemble(arrival);
  session = app.session;
  void session.arrive(arrival);
  void loadMessages(preferences().language, navigator.languages).then((messages) => show(app, messages));
  // Anywhere else there is no reply to draw yet.
  if (window.location.pathname.startsWith(`${app.urls.chat}/`)) void preloadMarkdown();
  fetchAnswersSoon(LATER, preloadMarkdown);
}

function show(app: App, messages: Messages): void {
  const root = document.getElementById("root");
  if (root === null) throw new Error("the page has no root");
  createRoot(root).render(
    <StrictMode>
      <MessagesProvider first={messages}>
        <UiWords>
          <AppProvider value={app}>
            <Routes />
            <MissingPart />
          </AppProvider>
        </UiWords>
      </MessagesProvider>
    </StrictMode>,
  );
}

function UiWords({ children }: { children: ReactNode }) {
  return <UiWordsProvider value={useMessages().ui}>{children}</UiWordsProvider>;
}

/** Another one-time link came into the open page. */
export function arriveAgain(arrival: Arrival): void {
  void session?.arrive(arrival);
}

function assemble(arrival: Arrival): App {
  const urls = urlsFrom(settingsFrom(document.getElementById("settings")?.textContent));
  const current = new Session(urls.calls.session);
  const api = new Api(urls.calls, () => current.lapse());
  current.connect(api);
  checkedDownloads(current);
  const list = new ConversationList(api);
  const search = new Search(api);
  const importing = new Importing(urls.calls.imports, () => void list.reload());
  const chat = new Chat(api, {
    changed: (conversation) => list.put(conversation),
    titled: (id, title) => list.rename(id, title),
  });
  current.store.subscribe((state, before) => {
    // What one user has read is not left in memory for the next.
    const same = state.status === "signedIn" && before.status === "signedIn" && state.viewer.id === before.viewer.id;
    if (state.status === "signedIn") unsent.release(state.viewer.id);
    else if (state.status === "signedOut" && !state.lapsed && state.failure === null) unsent.release(null);
    else if (before.status === "signedIn") unsent.hold(before.viewer.id);
    if (same || state.status === "loading") return;
    list.forget();
    search.forget();
    importing.forget();
    chat.forget();
    // One that came with the address is for whoever signs in with it.
    if (before.status === "signedIn") chat.tokens.forget();
  });
  if (arrival.accessToken !== null) chat.tokens.enter(NEW, { accessToken: arrival.accessToken, plus: false });
  return { urls, api, session: current, list, search, chat, importing };
}
