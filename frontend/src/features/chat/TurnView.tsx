import { RotateCcw } from "lucide-react";
import { memo } from "react";
import { useStore } from "zustand";

import { copyText } from "@/browser/clipboard";
import { explain, useMessages } from "@/messages/messages";
import { Badge } from "@/ui/Badge";
import { Button, IconButton } from "@/ui/Button";
import { CopyButton } from "@/ui/CopyButton";
import { HiddenHeading } from "@/ui/Hidden";
import { Notice } from "@/ui/Notice";

import { AskedPrompt } from "./AskedPrompt";
import type { Chat } from "./chat";
import { type Drawing, useDrawn } from "./drawing";
import { timeTaken } from "./durations";
import { isLive, type LiveReply, shownText, type Turn } from "./live_reply";
import { ReplyText } from "./ReplyText";
import styles from "./TurnView.module.css";
import { needsAnotherAccount } from "./use_composing";
import type { TurnActions } from "./use_turn_actions";
import { turnElementId } from "./use_turn_in_view";
import type { Side } from "./VersionArrows";
import { WhyAccount } from "./WhyAccount";

interface TurnViewProps {
  turn: Turn;
  chat: Chat;
  drawing: Drawing;
  /** Whether the reader sees it as soon as it is there. */
  inSight: boolean;
  actions: TurnActions;
  /** Whether its prompt may go on on another account: the conversation has not gone on since. */
  mayGoElsewhere: boolean;
  /** What its prompt is being changed to; null where it is not. */
  edited: string | null;
  /** The arrow by which the reader came to this version. */
  arrivedBy: Side | null;
}

export const TurnView = memo(function TurnView({ turn, chat, drawing, inSight, actions, mayGoElsewhere, edited, arrivedBy }: TurnViewProps) {
  const messages = useMessages();
  const words = messages.chat;
  // Each looks for its own, so that a reply that is being written draws no other turn again.
  const live = useStore(chat.store, (state) => state.replies[turn.id]);
  const text = live ? shownText(live) : turn.reply;
  const growing = isLive(turn);
  const { element, drawn } = useDrawn(drawing, inSight);
  return (
    <article ref={element} id={turnElementId(turn.id)} className={styles.turn}>
      <AskedPrompt turn={turn} actions={actions} edited={edited} arrivedBy={arrivedBy} />
      <div className={styles.reply}>
        <HiddenHeading>{words.reply}</HiddenHeading>
        {turn.historyLeftOut > 0 ? <p className={styles.note}>{words.leftOut(turn.historyLeftOut)}</p> : null}
        {drawn ? <ReplyText chat={chat} turn={turn} text={text} growing={growing} /> : <div className={styles.plain}>{text}</div>}
        {turn.state === "FAILED" && turn.error ? (
          <Notice tone="failed" {...explain(messages, { code: turn.error.code, sentence: turn.error.message })}>
            {!turn.viewerCanAskAgain ? null : mayGoElsewhere && needsAnotherAccount(turn.error.code) ? (
              <Button look="primary" onClick={() => actions.elsewhere(turn)}>
                {words.elsewhere}
              </Button>
            ) : (
              <Button onClick={() => actions.useAgain(turn.prompt)}>{words.useAgain}</Button>
            )}
          </Notice>
        ) : null}
        {turn.state === "FINISHED" && text === "" ? <p className={styles.note}>{words.noReply}</p> : null}
        <TurnFoot turn={turn} live={live} text={text} chat={chat} onRegenerate={actions.regenerate} />
      </div>
    </article>
  );
});

interface TurnFootProps {
  turn: Turn;
  live: LiveReply | undefined;
  text: string;
  chat: Chat;
  onRegenerate: (turn: Turn) => void;
}

function TurnFoot({ turn, live, text, chat, onRegenerate }: TurnFootProps) {
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
      {turn.viewerCanAskAgain && !isLive(turn) ? (
        <IconButton label={words.regenerate} className={styles.copy ?? ""} onClick={() => onRegenerate(turn)}>
          <RotateCcw size={16} aria-hidden="true" />
        </IconButton>
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
