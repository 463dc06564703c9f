import { ArrowDown } from "lucide-react";
import { type ReactNode, useLayoutEffect, useState } from "react";
import { useStore } from "zustand";

import { useMessages } from "@/messages/messages";
import { Badge } from "@/ui/Badge";
import { Button, IconButton } from "@/ui/Button";
import { Hidden } from "@/ui/Hidden";

import { useAnnouncement } from "./announcements";
import type { Chat, Sending } from "./chat";
import { NEW } from "./drafts";
import type { Turn } from "./live_reply";
import type { Transcript } from "./transcript";
import styles from "./TranscriptView.module.css";
import { Prompt, TurnView } from "./TurnView";
import { useFollowEnd } from "./use_follow_end";

interface TranscriptViewProps {
  chat: Chat;
  place: string;
  transcript: Transcript | null;
  sending: Sending | undefined;
  onEarlier: () => Promise<void>;
  onUseAgain: (prompt: string) => void;
  onElsewhere: (turn: Turn) => void;
  /** Shown in place of turns: how to begin, or why there are none. */
  children?: ReactNode;
}

export function TranscriptView(props: TranscriptViewProps) {
  const { chat, place, transcript, sending, onEarlier, onUseAgain, onElsewhere, children } = props;
  const words = useMessages().chat;
  const [view, setView] = useState<HTMLDivElement | null>(null);
  const replies = useStore(chat.store, (state) => state.replies);
  const { atEnd, goToEnd } = useFollowEnd(view, place, place !== NEW || sending !== undefined);
  const turns = transcript?.turns ?? [];
  const last = turns.at(-1);
  const said = useAnnouncement(last, last ? replies[last.id] : undefined, words.announce);
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
          {transcript?.before ? <Earlier view={view} onEarlier={onEarlier} /> : null}
          {children}
          {turns.map((turn) => (
            <TurnView
              key={turn.id}
              turn={turn}
              live={replies[turn.id]}
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
      <Hidden role="log" aria-live="polite" aria-atomic="true">
        {said}
      </Hidden>
    </div>
  );
}

/** Turns that come in above must not move those that are being read. */
function Earlier({ view, onEarlier }: { view: HTMLElement | null; onEarlier: () => Promise<void> }) {
  const words = useMessages().chat;
  const [busy, setBusy] = useState(false);
  async function load() {
    const fromEnd = view ? view.scrollHeight - view.scrollTop : 0;
    setBusy(true);
    await onEarlier();
    setBusy(false);
    requestAnimationFrame(() => {
      view?.scrollTo({ top: view.scrollHeight - fromEnd });
    });
  }
  return (
    <Button look="quiet" className={styles.earlier} disabled={busy} onClick={() => void load()}>
      {words.earlier}
    </Button>
  );
}
