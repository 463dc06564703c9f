import { ArrowDown } from "lucide-react";
import { type CSSProperties, type HTMLAttributes, type ReactNode, useCallback, useLayoutEffect, useState } from "react";
import { useStore } from "zustand";

import { useMessages } from "@/messages/messages";
import { Badge } from "@/ui/Badge";
import { IconButton } from "@/ui/Button";
import { Hidden } from "@/ui/Hidden";

import { useAnnouncement } from "./announcements";
import { Prompt } from "./AskedPrompt";
import type { Chat } from "./chat";
import type { Sending } from "./chat_state";
import { NEW } from "./drafts";
import { Drawing } from "./drawing";
import { Earlier } from "./Earlier";
import type { Turn } from "./live_reply";
import { SentAlong } from "./SentAlong";
import { placeAmongVersions, type Transcript } from "./transcript";
import styles from "./TranscriptView.module.css";
import { TurnView } from "./TurnView";
import { useFollowEnd } from "./use_follow_end";
import { FIRST, useGradually } from "./use_gradually";
import type { TurnActing } from "./use_turn_actions";
import { type Sought, useTurnInView } from "./use_turn_in_view";

const NONE: readonly Turn[] = [];
/** Turns that the browser lays out by themselves: what changes in one group is no work in the others. */
const GROUP = 16;

interface TranscriptViewProps {
  chat: Chat;
  place: string;
  /** A turn to bring into view. */
  turnId: string | null;
  /** What is looked for in it. */
  sought: Sought | null;
  transcript: Transcript | null;
  sending: Sending | undefined;
  onEarlier: () => Promise<void>;
  acting: TurnActing;
  /** Shown in place of turns: how to begin, or why there are none. */
  children?: ReactNode;
}

export function TranscriptView(props: TranscriptViewProps) {
  const { chat, place, turnId, sought, transcript, sending, onEarlier, acting, children } = props;
  const words = useMessages().chat;
  const [drawing] = useState(() => new Drawing());
  const [view, setView] = useState<HTMLDivElement | null>(null);
  const attach = useCallback((element: HTMLDivElement | null) => {
    drawing.within(element);
    setView(element);
  }, [drawing]);
  const { actions, editing, chosen } = acting;
  const { atEnd, goToEnd, stay } = useFollowEnd(view, place, place !== NEW || sending !== undefined);
  const known = transcript?.turns ?? NONE;
  const turns = upTo(known, sending?.insteadOf ?? null);
  const shown = useGradually(turns, view, turnId);
  const comingIn = shown.length < turns.length;
  useLayoutEffect(() => drawing.hold(comingIn), [drawing, comingIn]);
  useTurnInView(turnId, sought?.turnId === turnId ? sought : null, { turns, shown, before: transcript?.before ?? null, onEarlier });
  const last = turns.at(-1);
  const sent = sending !== undefined;
  useLayoutEffect(() => {
    if (sent) goToEnd();
  }, [sent, goToEnd]);
  useLayoutEffect(() => {
    // The version that was chosen is read where it begins, however much follows it.
    if (chosen !== null) stay();
  }, [chosen, stay]);
  const arrivedAt = shown.findIndex(({ id }) => id === chosen?.turnId);
  const arrived = shown[arrivedAt];
  /** What the reader looks at when it comes: the end, or a version that was chosen and what follows it. */
  const inSight = (index: number) => index >= shown.length - FIRST || (arrived !== undefined && index >= arrivedAt && index < arrivedAt + FIRST);
  const groups = inGroups(shown);
  const standing = arrived ? placeAmongVersions(arrived) : null;

  return (
    <div className={styles.frame}>
      {/* A scrolling region must be reachable with the keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div ref={attach} className={styles.view} id="transcript" role="region" aria-label={words.transcript} tabIndex={0}>
        <div className={styles.column}>
          {transcript?.before ? <Earlier view={view} idle={!comingIn} onEarlier={onEarlier} /> : null}
          {transcript && transcript.sentAlong > 0 && transcript.before === null ? (
            <SentAlong key={place} chat={chat} conversationId={place} count={transcript.sentAlong} onToggle={stay} />
          ) : null}
          {children}
          {groups.map(({ place: group, first, turns: some }, at) => (
            <div key={group} {...(at > 0 && at < groups.length - 1 ? whole(some.length) : { className: styles.group })}>
              {some.map((turn, index) => (
                <TurnView
                  key={turn.id}
                  turn={turn}
                  chat={chat}
                  drawing={drawing}
                  inSight={inSight(first + index)}
                  actions={actions}
                  mayGoElsewhere={turn === last && !sent}
                  edited={editing?.turnId === turn.id ? editing.text : null}
                  arrivedBy={chosen?.turnId === turn.id ? chosen.side : null}
                />
              ))}
            </div>
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
      <Hidden role="status">{standing === null ? "" : words.versions.shown(standing.number, standing.count)}</Hidden>
    </div>
  );
}

interface Group {
  place: number;
  /** Where its first one stands among all. */
  first: number;
  turns: Turn[];
}

/** Turns together that were written one after the other; each is always in the same group, whatever comes before it. */
function inGroups(turns: readonly Turn[]): Group[] {
  const groups: Group[] = [];
  for (const [index, turn] of turns.entries()) {
    const place = Math.floor(turn.position / GROUP);
    const group = groups.at(-1);
    if (group?.place === place) group.turns.push(turn);
    else groups.push({ place, first: index, turns: [turn] });
  }
  return groups;
}

/** A group to which no more comes, neither above nor below: the browser may remember how tall it was. */
function whole(turns: number): HTMLAttributes<HTMLElement> {
  return { className: `${styles.group} ${styles.whole}`, style: { "--turns": turns } as CSSProperties };
}

/** What stays in view while one of the turns is asked again. */
function upTo(turns: readonly Turn[], insteadOf: string | null): readonly Turn[] {
  const at = insteadOf === null ? -1 : turns.findIndex(({ id }) => id === insteadOf);
  return at === -1 ? turns : turns.slice(0, at);
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
