import { memo } from "react";
import { useStore } from "zustand";

import { copyText } from "@/browser/clipboard";
import { explain, useMessages } from "@/messages/messages";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { CopyButton } from "@/ui/CopyButton";
import { HiddenHeading } from "@/ui/Hidden";
import { Notice } from "@/ui/Notice";

import type { Chat } from "./chat";
import { timeTaken } from "./durations";
import { isLive, type LiveReply, shownText, type Turn } from "./live_reply";
import { ReplyText } from "./ReplyText";
import styles from "./TurnView.module.css";
import { needsAnotherAccount } from "./use_composing";
import { turnElementId } from "./use_turn_in_view";
import { WhyAccount } from "./WhyAccount";

interface TurnViewProps {
  turn: Turn;
  chat: Chat;
  onUseAgain: (prompt: string) => void;
  /** Sends the prompt again on another account; null where the conversation has gone on since, or cannot. */
  onElsewhere: ((turn: Turn) => void) | null;
}

export const TurnView = memo(function TurnView({ turn, chat, onUseAgain, onElsewhere }: TurnViewProps) {
  const messages = useMessages();
  const words = messages.chat;
  // Each looks for its own, so that a reply that is being written draws no other turn again.
  const live = useStore(chat.store, (state) => state.replies[turn.id]);
  const text = live ? shownText(live) : turn.reply;
  const growing = isLive(turn);
  return (
    <article id={turnElementId(turn.id)} className={styles.turn}>
      <Prompt text={turn.prompt} />
      <div className={styles.reply}>
        <HiddenHeading>{words.reply}</HiddenHeading>
        {turn.historyLeftOut > 0 ? <p className={styles.note}>{words.leftOut(turn.historyLeftOut)}</p> : null}
        <ReplyText turn={turn} text={text} growing={growing} />
        {turn.state === "FAILED" && turn.error ? (
          <Notice tone="failed" {...explain(messages, { code: turn.error.code, sentence: turn.error.message })}>
            {onElsewhere && needsAnotherAccount(turn.error.code) ? (
              <Button look="primary" onClick={() => onElsewhere(turn)}>
                {words.elsewhere}
              </Button>
            ) : (
              <Button onClick={() => onUseAgain(turn.prompt)}>{words.useAgain}</Button>
            )}
          </Notice>
        ) : null}
        {turn.state === "FINISHED" && text === "" ? <p className={styles.note}>{words.noReply}</p> : null}
        <TurnFoot turn={turn} live={live} text={text} chat={chat} />
      </div>
    </article>
  );
});

export function Prompt({ text }: { text: string }) {
  const words = useMessages().chat;
  return (
    <div className={styles.promptRow}>
      <HiddenHeading>{words.youAsked}</HiddenHeading>
      <div className={styles.prompt}>{text}</div>
    </div>
  );
}

function TurnFoot({ turn, live, text, chat }: { turn: Turn; live: LiveReply | undefined; text: string; chat: Chat }) {
  const messages = useMessages();
  const words = messages.chat;
  const took = timeTaken(turn, messages);
  return (
    <div className={styles.foot}>
      {!isLive(turn) && text !== "" ? (
        <CopyButton
          labels={{ copy: words.copy, copied: words.copied, failed: words.copyFailed }}
          onCopy={() => copyText(text)}
          className={styles.copy ?? ""}
        />
      ) : null}
      <TurnBadge turn={turn} live={live} />
      {took !== null && turn.endedAt !== null ? (
        <time dateTime={turn.endedAt} title={new Date(turn.endedAt).toLocaleString(messages.language)}>
          {words.took(took)}
        </time>
      ) : null}
      {/* Every turn that an account took has a reason; one that is being written is read, not examined. */}
      {!isLive(turn) && turn.startedAt !== null ? <WhyAccount chat={chat} turnId={turn.id} /> : null}
    </div>
  );
}

function TurnBadge({ turn, live }: { turn: Turn; live: LiveReply | undefined }) {
  const words = useMessages().chat;
  if (live?.connection === "lost") return <Badge tone="warning">{words.lost}</Badge>;
  if (live?.phase === "waiting" || (!live && turn.state === "WAITING")) {
    return <Badge tone="waiting">{live?.place ? words.place(live.place) : words.state.WAITING}</Badge>;
  }
  if (live ?? turn.state === "WRITING") return <Badge tone="active">{words.state.WRITING}</Badge>;
  if (turn.state === "STOPPED") return <Badge tone="idle">{words.state.STOPPED}</Badge>;
  if (turn.state === "FAILED") return <Badge tone="failed">{words.state.FAILED}</Badge>;
  return null;
}
