import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { useStore } from "zustand";

import { copyText } from "@/browser/clipboard";
import { useCommand } from "@/browser/commands";
import { FINE_POINTER, WIDE } from "@/browser/media";
import { type Failure, failureFromThrown } from "@/graphql/failure";
import { explain, useMessages } from "@/messages/messages";
import { Button } from "@/ui/Button";
import { Notice } from "@/ui/Notice";

import type { Chat } from "./chat";
import { AccountMenu } from "./AccountMenu";
import styles from "./ChatPane.module.css";
import { Composer } from "./Composer";
import { type Drafts, NEW } from "./drafts";
import { Lineage } from "./Lineage";
import { isLive } from "./live_reply";
import { ModelMenu } from "./ModelMenu";
import { NoTurns } from "./NoTurns";
import { OwnTokenFields } from "./OwnTokenFields";
import { TranscriptView } from "./TranscriptView";
import { useComposing } from "./use_composing";
import { useOpened } from "./use_opened";
import { useTurnActions } from "./use_turn_actions";
import type { Sought } from "./use_turn_in_view";
import { useWish } from "./use_wish";

interface ChatPaneProps {
  chat: Chat;
  drafts: Drafts;
  conversationId: string | null;
  /** A turn to bring into view. */
  turnId: string | null;
  /** What is looked for in it. */
  sought: Sought | null;
  /** A turn that the path that is shown goes through; null for the path to the newest. */
  through: string | null;
  viewer: { plus: boolean };
  rehearsing: boolean;
  chatUrl: string;
  conversationUrl: (id: string) => string;
  onBegun: (conversationId: string) => void;
  onPath: (through: string | null) => void;
  /** Whether the prompt takes the focus when another conversation is opened. */
  takesFocus: boolean;
  /** Stands where a conversation begins. */
  beginning?: ReactNode;
}

/** The transcript and the composer of one conversation, or of the one to begin. */
export function ChatPane(props: ChatPaneProps) {
  const { chat, drafts, conversationId, turnId, sought, through, viewer, rehearsing, chatUrl, conversationUrl, takesFocus, beginning = null } = props;
  const messages = useMessages();
  const place = conversationId ?? NEW;
  const transcript = useStore(chat.store, (state) => (conversationId === null ? null : (state.transcripts[conversationId] ?? null)));
  const sending = useStore(chat.store, (state) => state.sending[place]);
  const wishing = useWish(chat, place, viewer.plus);
  const [missing, setMissing] = useState(false);
  const token = useRef<HTMLInputElement>(null);
  const onPath = (turnId: string | null) => {
    if (turnId !== through) props.onPath(turnId);
  };
  const composing = useComposing(chat, drafts, place, (begun) => (begun === null ? onPath(null) : props.onBegun(begun)));
  const field = useRef<HTMLTextAreaElement>(null);
  const goesOn = transcript?.goesOn ?? "here";
  const writing = transcript?.turns.findLast((turn) => isLive(turn) && turn.viewerCanStop);
  const { setText } = composing;

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
    acting.fail(null);
    field.current?.focus();
    chat.stop(conversationId, writing.id).catch((thrown: unknown) => acting.fail(failureFromThrown(thrown)));
  }

  const acting = useTurnActions({
    chat,
    drafts,
    place,
    wish: wishing.wish,
    busy: sending !== undefined,
    useAgain,
    onBegun: props.onBegun,
    onPath,
  });
  useOpened(chat, conversationId, through, acting.fail);

  function send() {
    setMissing(wishing.lacksToken);
    if (wishing.lacksToken) token.current?.focus();
    else void composing.send(wishing.wish());
  }

  useCommand("stop", writing ? stop : null);
  useCommand("prompt", () => field.current?.focus());
  const last = transcript?.turns.findLast(({ reply }) => reply !== "")?.reply;
  useCommand("copyReply", last === undefined ? null : () => void copyText(last).catch(() => undefined));

  const unavailable = transcript?.status === "missing" || transcript?.status === "failed";
  const failure = composing.failure ?? acting.failure;
  return (
    <div className={styles.pane}>
      <Lineage transcript={transcript} url={conversationUrl} />
      <TranscriptView
        chat={chat}
        place={place}
        turnId={turnId}
        sought={sought}
        transcript={transcript}
        sending={sending}
        onEarlier={() => (conversationId === null ? Promise.resolve() : chat.loadEarlier(conversationId))}
        acting={acting}
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
          {goesOn === "here" ? null : <p className={styles.note}>{messages.composer[goesOn === "not" ? "othersOwn" : "unknownHere"]}</p>}
          {wishing.asksForToken ? (
            <OwnTokenFields chat={chat} place={place} missing={missing && wishing.lacksToken} inputRef={token} />
          ) : null}
          {goesOn === "not" ? null : (
            <Composer
              text={composing.text}
              onText={composing.setText}
              onSend={goesOn === "elsewhere" ? () => void composing.sendElsewhere() : send}
              onStop={writing ? stop : null}
              busy={sending !== undefined}
              placeholder={conversationId === null ? messages.composer.placeholder : goesOn === "elsewhere" ? messages.composer.elsewhere : messages.composer.followUp}
              field={field}
            >
              {conversationId === null ? <AccountMenu choice={wishing.choice} plus={viewer.plus} onChange={wishing.choose} /> : null}
              <ModelMenu models={wishing.models} model={wishing.model} onChange={wishing.chooseModel} />
            </Composer>
          )}
        </div>
      )}
    </div>
  );

  function notice(failed: Failure) {
    const { what, todo } = explain(messages, failed);
    return failed === composing.failure ? { what, todo: `${messages.composer.notSent} ${todo}` } : { what, todo };
  }
}
