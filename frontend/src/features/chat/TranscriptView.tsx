import { ArrowDown } from "lucide-react";
import { type ReactNode, useLayoutEffect, useState } from "react";
import { useStore } from "zustand";

import { useMessages } from "@/messages/messages";
import { Badge } from "@/ui/Badge";
import { IconButton } from "@/ui/Button";
import { Hidden } from "@/ui/Hidden";

import { useAnnouncement } from "./announcements";
import type { Chat, Sending } from "./chat";
import { NEW } from "./drafts";
import { Earlier } from "./Earlier";
import type { Turn } from "./live_reply";
import type { Transcript } from "./transcript";
import styles from "./TranscriptView.module.css";
import { Prompt, TurnView } from "./TurnView";
import { useFollowEnd } from "./use_follow_end";
import { useGradually } from "./use_gradually";
import { useTurnInView } from "./use_turn_in_view";

const NONE: readonly Turn[] = [];

interface TranscriptViewProps {
  chat: Chat;
  place: string;
  /** A turn to bring into view. */
  turnId: string | null;
  transcript: Transcript | null;
  sending: Sending | undefined;
  onEarlier: () => Promise<void>;
  onUseAgain: (prompt: string) => void;
  onElsewhere: (turn: Turn) => void;
  /** Shown in place of turns: how to begin, or why there are none. */
  children?: ReactNode;
}

export function TranscriptView(props: TranscriptViewProps) {
  const { chat, place, turnId, transcript, sending, onEarlier, onUseAgain, onElsewhere, children } = props;
  const words = useMessages().chat;
  const [view, setView] = useState<HTMLDivElement | null>(null);
  const { atEnd, goToEnd } = useFollowEnd(view, place, place !== NEW || sending !== undefined);
  const turns = transcript?.turns ?? NONE;
  const shown = useGradually(turns, view, turnId);
  useTurnInView(turnId, { turns, shown, before: transcript?.before ?? null, onEarlier });
  const last = turns.at(-1);
  const sent = sending !== undefined;
  useLayoutEffect(() => {
    if (sent) goToEnd();
  }, [sent, goToEnd]);

  return (
    <div className={styles.frame}>
      {/* A scrolling region must be reachable with the keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div ref={setView} className={styles.view} id="transcript" role="region" aria-label={words.transcript} tabIndex={0}>
        <div className={styles.column}>
          {transcript?.before ? <Earlier view={view} idle={shown.length === turns.length} onEarlier={onEarlier} /> : null}
          {children}
          {shown.map((turn) => (
            <TurnView
              key={turn.id}
              turn={turn}
              chat={chat}
              onUseAgain={onUseAgain}
              onElsewhere={turn === last && !sent ? onElsewhere : null}
            />
          ))}
          {sending ? (
            <div className={styles.sending}>
              <Prompt text={sending.text} />
              <Badge tone="waiting">{words.sending}</Badge>
            </div>
          ) : null}
        </div>
      </div>
      {atEnd ? null : (
        <IconButton label={words.toEnd} className={styles.toEnd ?? ""} onClick={goToEnd}>
          <ArrowDown size={18} aria-hidden="true" />
        </IconButton>
      )}
      <Announcer chat={chat} turn={last} />
    </div>
  );
}

function Announcer({ chat, turn }: { chat: Chat; turn: Turn | undefined }) {
  const live = useStore(chat.store, (state) => (turn ? state.replies[turn.id] : undefined));
  const said = useAnnouncement(turn, live, useMessages().chat.announce);
  return (
    <Hidden role="log" aria-live="polite" aria-atomic="true">
      {said}
    </Hidden>
  );
}
