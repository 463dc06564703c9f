import { useEffect, useRef } from "react";

import type { Failure } from "@/graphql/failure";

import type { Chat } from "./chat";

/**
 * Loads a conversation, or the branch of it through a turn, and looks again when the reader comes back.  `onFailure` is told
 * of a branch that does not load: what was shown before it stays, so that somebody has to say it.
 */
export function useOpened(chat: Chat, conversationId: string | null, through: string | null, onFailure: (failure: Failure) => void): void {
  const failed = useRef(onFailure);
  useEffect(() => {
    failed.current = onFailure;
  });

  useEffect(() => {
    if (conversationId === null) return;
    void chat.open(conversationId, through).then((failure) => {
      if (failure !== null && through !== null) failed.current(failure);
    });
    const look = () => {
      if (document.visibilityState === "visible") void chat.open(conversationId, through);
    };
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [chat, conversationId, through]);
}
