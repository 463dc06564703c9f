import { Server as ServerIcon } from "lucide-react";
import { useMemo, useState } from "react";
import { Link, useLocation } from "wouter";
import { useStore } from "zustand";

import { Drafts } from "@/features/chat/drafts";
import { isLive } from "@/features/chat/live_reply";
import { Sidebar } from "@/features/conversations/Sidebar";
import type { Server, Viewer } from "@/features/session/session";
import { UserMenu } from "@/features/session/UserMenu";
import type { Failure } from "@/graphql/failure";
import { explain, useMessages } from "@/messages/messages";
import { Notice } from "@/ui/Notice";

import styles from "./ChatPage.module.css";
import { useApp } from "./context";

interface ChatSidebarProps {
  conversationId: string | null;
  viewer: Viewer;
  server: Server;
  onChosen: () => void;
}

export function ChatSidebar({ conversationId, viewer, server, onChosen }: ChatSidebarProps) {
  const { urls, session, list, chat } = useApp();
  const messages = useMessages();
  const [, navigate] = useLocation();
  const [failure, setFailure] = useState<Failure | null>(null);
  const transcripts = useStore(chat.store, (state) => state.transcripts);
  const writing = useMemo(() => {
    const open = Object.entries(transcripts).filter(([, transcript]) => transcript.turns.some(isLive));
    return new Set(open.map(([id]) => id));
  }, [transcripts]);

  async function signOut() {
    const failed = await session.signOut();
    setFailure(failed);
    if (failed === null) Drafts.forgetAll();
  }

  return (
    <Sidebar
      list={list}
      currentId={conversationId}
      writing={writing}
      urls={urls}
      onChosen={onChosen}
      onRemoved={(id) => {
        chat.drop(id);
        if (id === conversationId) navigate(urls.chat);
      }}
      footer={
        <>
          {failure ? <Notice tone="failed" announce what={messages.user.signOutFailed} todo={explain(messages, failure).what} /> : null}
          {viewer.viewerCanSeeAccounts ? (
            <Link href={urls.accounts} className={styles.footLink ?? ""} onClick={onChosen}>
              <ServerIcon size={18} aria-hidden="true" />
              {messages.user.accounts}
            </Link>
          ) : null}
          <UserMenu viewer={viewer} server={server} onSignOut={() => void signOut()} />
        </>
      }
    />
  );
}
