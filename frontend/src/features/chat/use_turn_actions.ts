import { useEffect, useRef, useState } from "react";

import { type Failure, failureFromThrown } from "@/graphql/failure";

import type { Chat } from "./chat";
import type { Wish } from "./chat_state";
import { type Drafts, NEW } from "./drafts";
import type { Turn } from "./live_reply";
import type { Side } from "./VersionArrows";

/** What can be done with a turn of the record.  It stays the same object, so that no turn is drawn again for it. */
export interface TurnActions {
  useAgain: (prompt: string) => void;
  elsewhere: (turn: Turn) => void;
  /** Ask the same once more. */
  regenerate: (turn: Turn) => void;
  edit: (turn: Turn) => void;
  cancelEdit: () => void;
  sendEdit: (turn: Turn, text: string) => void;
  choose: (turnId: string, side: Side) => void;
}

interface Here {
  place: string;
  editing: { turnId: string; text: string } | null;
  chosen: { turnId: string; side: Side } | null;
  failure: Failure | null;
}

export interface TurnActing extends Here {
  actions: TurnActions;
  fail: (failure: Failure | null) => void;
}

interface Surroundings {
  chat: Chat;
  drafts: Drafts;
  place: string;
  /** How an answer is wished for now. */
  wish: () => Wish;
  busy: boolean;
  useAgain: (prompt: string) => void;
  onBegun: (conversationId: string) => void;
  /** Show the path through that turn; null for the newest. */
  onPath: (through: string | null) => void;
}

/** What is done with turns that the record has: the composer and its draft stay as they are. */
export function useTurnActions(around: Surroundings): TurnActing {
  const { place } = around;
  const nothing: Here = { place, editing: null, chosen: null, failure: null };
  const [kept, setKept] = useState(nothing);
  const here = kept.place === place ? kept : nothing;
  const set = (change: Partial<Here>) => setKept((now) => ({ ...(now.place === place ? now : nothing), ...change }));

  async function send(turn: Turn, what: string, call: (key: string) => Promise<void>): Promise<void> {
    if (around.busy || place === NEW) return;
    set({ failure: null, editing: null, chosen: null });
    document.getElementById("transcript")?.focus({ preventScroll: true });
    try {
      await call(around.drafts.attempt(turn.id, "", what));
      around.drafts.confirm(turn.id, "");
    } catch (thrown) {
      const failure = failureFromThrown(thrown);
      around.chat.tokens.refused(place, failure.code);
      set({ failure });
      throw failure;
    }
  }

  async function ask(turn: Turn, text: string): Promise<void> {
    await send(turn, `again:${text}`, async (key) => {
      await around.chat.askAgain(place, turn, text, around.wish(), key);
      around.onPath(null);
    });
  }

  const latest: TurnActions = {
    useAgain: around.useAgain,
    elsewhere: (turn) => {
      const going = send(turn, turn.prompt, async (key) => around.onBegun(await around.chat.continueElsewhere(place, turn.prompt, key)));
      going.catch(() => undefined);
    },
    regenerate: (turn) => void ask(turn, turn.prompt).catch(() => undefined),
    edit: (turn) => set({ editing: { turnId: turn.id, text: turn.prompt }, failure: null }),
    cancelEdit: () => set({ editing: null }),
    sendEdit: (turn, text) => void ask(turn, text).catch(() => set({ editing: { turnId: turn.id, text } })),
    choose: (turnId, side) => {
      set({ chosen: { turnId, side }, editing: null });
      around.onPath(turnId);
    },
  };
  const now = useRef(latest);
  useEffect(() => {
    now.current = latest;
  });
  const [actions] = useState<TurnActions>(() => ({
    useAgain: (prompt) => now.current.useAgain(prompt),
    elsewhere: (turn) => now.current.elsewhere(turn),
    regenerate: (turn) => now.current.regenerate(turn),
    edit: (turn) => now.current.edit(turn),
    cancelEdit: () => now.current.cancelEdit(),
    sendEdit: (turn, text) => now.current.sendEdit(turn, text),
    choose: (turnId, side) => now.current.choose(turnId, side),
  }));
  return { ...here, actions, fail: (failure) => set({ failure }) };
}
