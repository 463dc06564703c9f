import { useMemo, useRef } from "react";
import { useLocation } from "wouter";
import { useStore } from "zustand";

import { isLive } from "@/features/chat/live_reply";
import { Sidebar } from "@/features/conversations/Sidebar";
import type { Server, Viewer } from "@/features/session/session";

import { useApp } from "./context";
import { Navigation } from "./Navigation";
import { SignedInMenu } from "./SignedInMenu";

interface ChatSidebarProps {
  conversationId: string | null;
  viewer: Viewer;
  server: Server;
  onChosen: () => void;
  onHide: (() => void) | null;
}

export function ChatSidebar({ conversationId, viewer, server, onChosen, onHide }: ChatSidebarProps) {
  const { urls, list, search, chat } = useApp();
  const [, navigate] = useLocation();
  const left = useRef<string | null>(null);
  const transcripts = useStore(chat.store, (state) => state.transcripts);
  const writing = useMemo(() => {
    const open = Object.entries(transcripts).filter(([, transcript]) => transcript.turns.some(isLive));
    return new Set(open.map(([id]) => id));
  }, [transcripts]);

  return (
    <Sidebar
      list={list}
      search={search}
      currentId={conversationId}
      writing={writing}
      urls={urls}
      onChosen={onChosen}
      onHide={onHide}
      onRenamed={(id, title) => chat.rename(id, title)}
      onRestored={(id) => {
        // Whoever was thrown out of it is led back.
        if (left.current === id && window.location.pathname === urls.chat) navigate(urls.conversation(id));
        left.current = null;
      }}
      onRemoved={(id) => {
        left.current = id === conversationId ? id : null;
        chat.drop(id);
        if (id === conversationId) navigate(urls.chat);
      }}
      footer={
        <>
          <Navigation viewer={viewer} shape="pairs" onChosen={onChosen} />
          <SignedInMenu viewer={viewer} server={server} />
        </>
      }
    />
  );
}
