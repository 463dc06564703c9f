import { PanelLeft, SquarePen } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { Link, useLocation, useParams, useSearch } from "wouter";
import { useStore } from "zustand";

import { onComingBack } from "@/browser/coming_back";
import { useCommand } from "@/browser/commands";
import { useMedia, WIDE } from "@/browser/media";
import { ChatPane } from "@/features/chat/ChatPane";
import { Drafts } from "@/features/chat/drafts";
import { ReplyViewMenu } from "@/features/chat/ReplyViewMenu";
import { SEARCH_FIELD } from "@/features/conversations/Sidebar";
import { UndoToast } from "@/features/conversations/UndoToast";
import { FirstSteps } from "@/features/first_steps/FirstSteps";
import { useMessages } from "@/messages/messages";
import { snippetsFor } from "@/snippets";
import { throughOf } from "@/urls";
import { buttonClass, IconButton } from "@/ui/Button";
import { Drawer } from "@/ui/Drawer";
import { SkipLink } from "@/ui/Hidden";

import styles from "./ChatPage.module.css";
import { ChatSidebar } from "./ChatSidebar";
import { useApp } from "./context";
import { RehearsalNote } from "./RehearsalNote";
import { useTitle } from "./use_title";

const SHOW_SIDEBAR = "show-sidebar";

export function ChatPage() {
  const conversationId = useParams<{ id?: string }>().id ?? null;
  const { urls, api, session, chat, list, search } = useApp();
  const state = useStore(session.store);
  const messages = useMessages();
  const [path, navigate] = useLocation();
  const query = useSearch();
  const through = throughOf(query);
  const recalling = path === urls.recall;
  const wide = useMedia(WIDE);
  const [drawer, setDrawer] = useState(recalling);
  const [aside, setAside] = useState(true);
  const title = useStore(chat.store, ({ transcripts }) => transcripts[conversationId ?? ""]?.title ?? "");
  const sought = useStore(search.store, ({ picked }) => picked);
  const missing = useStore(chat.store, ({ transcripts }) => transcripts[conversationId ?? ""]?.status === "missing");
  const viewerId = state.status === "signedIn" ? state.viewer.id : "";
  const drafts = useMemo(() => new Drafts(viewerId), [viewerId]);
  const shownTitle = conversationId === null ? messages.chat.newTitle : title || messages.conversations.untitled;
  useTitle(missing ? messages.chat.notFoundTitle : shownTitle);

  // An account may have been added or removed on another page since.
  useEffect(() => void session.refresh(), [session]);

  useEffect(() => {
    void list.refresh();
    return onComingBack(() => void list.refresh());
  }, [list]);

  useEffect(() => {
    if (recalling && wide) document.getElementById("conversations")?.focus();
  }, [recalling, wide]);

  const listed = useStore(list.store, ({ items }) => items);
  const beside = (step: 1 | -1) => {
    const at = listed.findIndex(({ id }) => id === conversationId);
    return listed[at === -1 ? (step === 1 ? 0 : -1) : at + step];
  };
  const [next, previous] = [beside(1), beside(-1)];
  useCommand("nextConversation", next ? () => navigate(urls.conversation(next.id)) : null);
  useCommand("previousConversation", previous ? () => navigate(urls.conversation(previous.id)) : null);
  useCommand("toggleSidebar", () => (wide ? setAside(!aside) : setDrawer(true)));
  useCommand("search", () => {
    if (!wide) setDrawer(true);
    setAside(true);
    requestAnimationFrame(() => document.getElementById(SEARCH_FIELD)?.focus());
  });

  if (state.status !== "signedIn") return null;
  const shown = wide && aside;
  const hide = () => {
    setAside(false);
    requestAnimationFrame(() => document.getElementById(SHOW_SIDEBAR)?.focus());
  };
  const sidebar = (
    <ChatSidebar
      conversationId={conversationId}
      viewer={state.viewer}
      server={state.server}
      onChosen={() => setDrawer(false)}
      onHide={wide ? hide : null}
    />
  );
  return (
    <div className={styles.page}>
      <SkipLink to="chat">{messages.skipToContent}</SkipLink>
      {shown ? <aside className={styles.aside}>{sidebar}</aside> : null}
      {wide ? null : (
        <Drawer open={drawer} label={messages.conversations.heading} onClose={() => setDrawer(false)}>
          {sidebar}
        </Drawer>
      )}
      <main id="chat" className={styles.main} tabIndex={-1}>
        <header className={styles.head}>
          {shown ? null : (
            <IconButton id={SHOW_SIDEBAR} label={messages.conversations.open} onClick={() => (wide ? setAside(true) : setDrawer(true))}>
              <PanelLeft size={20} aria-hidden="true" />
            </IconButton>
          )}
          <h1 className={styles.title} dir="auto">{shownTitle}</h1>
          {conversationId === null ? null : <ReplyViewMenu />}
          {shown ? null : (
            <Link
              href={urls.chat}
              className={buttonClass("quiet", styles.begin)}
              aria-label={messages.conversations.begin}
              title={messages.conversations.begin}
            >
              <SquarePen size={20} aria-hidden="true" />
            </Link>
          )}
        </header>
        {shown || drawer ? null : <UndoToast list={list} away />}
        {state.server.rehearsing ? <RehearsalNote addUrl={state.viewer.viewerCanManageAccounts ? urls.addAccount : null} /> : null}
        <ChatPane
          chat={chat}
          drafts={drafts}
          conversationId={conversationId}
          turnId={urls.turnOf(query)}
          sought={sought}
            through={through}
          viewer={state.viewer}
          rehearsing={state.server.rehearsing}
          chatUrl={urls.chat}
          conversationUrl={urls.conversation}
          onPath={(turnId) => {
            // Whoever has gone elsewhere meanwhile stays there.
            const here = window.location.pathname === path;
            if (conversationId !== null && here) navigate(urls.conversation(conversationId, turnId), { replace: true });
          }}
          takesFocus={!recalling}
          beginning={
            state.viewer.viewerCanManageAccounts ? (
              <FirstSteps api={api} server={state.server} urls={urls} snippets={snippetsFor(window.location.origin, urls.calls)} />
            ) : null
          }
          onBegun={(id) => {
            if (window.location.pathname === path) navigate(urls.conversation(id));
          }}
        />
      </main>
    </div>
  );
}
