import { useEffect, useRef } from "react";

import { onComingBack } from "@/browser/coming_back";
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
    return onComingBack(() => void chat.open(conversationId, through));
  }, [chat, conversationId, through]);
}
