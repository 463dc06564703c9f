import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { useStore } from "zustand";

import { copyText } from "@/browser/clipboard";
import { useCommand } from "@/browser/commands";
import { FINE_POINTER, WIDE } from "@/browser/media";
import { type Failure, failureFromThrown } from "@/graphql/failure";
import type { Plan } from "@/graphql/generated/graphql";
import { explain, useMessages } from "@/messages/messages";
import { Button } from "@/ui/Button";
import { Notice } from "@/ui/Notice";

import type { Chat } from "./chat";
import styles from "./ChatPane.module.css";
import { Composer } from "./Composer";
import { type Drafts, NEW } from "./drafts";
import { Lineage } from "./Lineage";
import { isLive, type Turn } from "./live_reply";
import { NoTurns } from "./NoTurns";
import { PlanMenu } from "./PlanMenu";
import { TranscriptView } from "./TranscriptView";
import { useComposing } from "./use_composing";

interface ChatPaneProps {
  chat: Chat;
  drafts: Drafts;
  conversationId: string | null;
  /** A turn to bring into view. */
  turnId: string | null;
  viewer: { plus: boolean };
  rehearsing: boolean;
  chatUrl: string;
  conversationUrl: (id: string) => string;
  onBegun: (conversationId: string) => void;
  /** Whether the prompt takes the focus when another conversation is opened. */
  takesFocus: boolean;
  /** Stands where a conversation begins. */
  beginning?: ReactNode;
}

/** The transcript and the composer of one conversation, or of the one to begin. */
export function ChatPane(props: ChatPaneProps) {
  const { chat, drafts, conversationId, turnId, viewer, rehearsing, chatUrl, conversationUrl, onBegun, takesFocus, beginning = null } = props;
  const messages = useMessages();
  const place = conversationId ?? NEW;
  const transcript = useStore(chat.store, (state) => (conversationId === null ? null : (state.transcripts[conversationId] ?? null)));
  const sending = useStore(chat.store, (state) => state.sending[place]);
  const [plan, setPlan] = useState<Plan>("ANY");
  const [other, setOther] = useState<{ place: string; failure: Failure } | null>(null);
  const composing = useComposing(chat, drafts, place, onBegun);
  const field = useRef<HTMLTextAreaElement>(null);
  const imported = transcript?.imported === true;
  const writing = transcript?.turns.findLast(isLive);
  const { setText } = composing;

  useEffect(() => {
    if (conversationId === null) return;
    void chat.open(conversationId);
    const look = () => {
      if (document.visibilityState === "visible") void chat.open(conversationId);
    };
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [chat, conversationId]);

  useEffect(() => {
    // On a phone the keyboard would cover what the reader came to read.
    if (takesFocus && window.matchMedia(WIDE).matches && window.matchMedia(FINE_POINTER).matches) field.current?.focus();
  }, [place, takesFocus]);

  const take = useRef(setText);
  useEffect(() => {
    take.current = setText;
  });
  const useAgain = useCallback((prompt: string) => {
    take.current(prompt);
    field.current?.focus();
  }, []);

  function stop() {
    if (conversationId === null || !writing) return;
    setOther(null);
    field.current?.focus();
    chat.stop(conversationId, writing.id).catch((thrown: unknown) => setOther({ place, failure: failureFromThrown(thrown) }));
  }

  /** A prompt that the record has already: the composer and its draft stay as they are. */
  async function elsewhere(turn: Turn) {
    if (conversationId === null || sending !== undefined) return;
    setOther(null);
    try {
      const id = await chat.continueElsewhere(conversationId, turn.prompt, drafts.attempt(turn.id, "", turn.prompt));
      drafts.confirm(turn.id, "");
      onBegun(id);
    } catch (thrown) {
      setOther({ place, failure: failureFromThrown(thrown) });
    }
  }

  const again = useRef(elsewhere);
  useEffect(() => {
    again.current = elsewhere;
  });
  const onElsewhere = useCallback((turn: Turn) => void again.current(turn), []);

  useCommand("stop", writing ? stop : null);
  useCommand("prompt", () => field.current?.focus());
  const last = transcript?.turns.findLast(({ reply }) => reply !== "")?.reply;
  useCommand("copyReply", last === undefined ? null : () => void copyText(last).catch(() => undefined));

  const unavailable = transcript?.status === "missing" || transcript?.status === "failed";
  const failure = composing.failure ?? (other?.place === place ? other.failure : null);
  return (
    <div className={styles.pane}>
      <Lineage transcript={transcript} url={conversationUrl} />
      <TranscriptView
        chat={chat}
        place={place}
        turnId={turnId}
        transcript={transcript}
        sending={sending}
        onEarlier={() => (conversationId === null ? Promise.resolve() : chat.loadEarlier(conversationId))}
        onUseAgain={useAgain}
        onElsewhere={onElsewhere}
      >
        <NoTurns
          transcript={transcript}
          isNew={conversationId === null}
          sending={sending !== undefined}
          rehearsing={rehearsing}
          chatUrl={chatUrl}
          onRetry={() => void (conversationId === null ? undefined : chat.open(conversationId))}
          onStarter={useAgain}
          beginning={beginning}
        />
      </TranscriptView>
      {unavailable ? null : (
        <div className={styles.dock}>
          {failure ? (
            <Notice tone="failed" announce {...notice(failure)}>
              {failure === composing.failure && composing.mayGoElsewhere ? (
                <Button look="primary" onClick={() => void composing.sendElsewhere()}>
                  {messages.chat.elsewhere}
                </Button>
              ) : null}
            </Notice>
          ) : null}
          {imported ? <p className={styles.imported}>{messages.composer.imported}</p> : null}
          <Composer
            text={composing.text}
            onText={composing.setText}
            onSend={() => void (imported ? composing.sendElsewhere() : composing.send(plan))}
            onStop={writing ? stop : null}
            busy={sending !== undefined}
            placeholder={conversationId === null ? messages.composer.placeholder : imported ? messages.composer.elsewhere : messages.composer.followUp}
            field={field}
          >
            {conversationId === null ? <PlanMenu plan={plan} plus={viewer.plus} onChange={setPlan} /> : null}
          </Composer>
        </div>
      )}
    </div>
  );

  function notice(failed: Failure) {
    const { what, todo } = explain(messages, failed);
    return failed === composing.failure ? { what, todo: `${messages.composer.notSent} ${todo}` } : { what, todo };
  }
}
