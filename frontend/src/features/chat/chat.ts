import { createStore } from "zustand/vanilla";

import type { Api } from "@/graphql/api";
import { Failure, failureFromThrown, NOT_FOUND } from "@/graphql/failure";
import type { ExplainQuery as ExplainData, Plan } from "@/graphql/generated/graphql";

import {
  ChatMutation,
  ContinueElsewhereMutation,
  ConversationQuery,
  ExplainQuery,
  FollowUpMutation,
  StopMutation,
} from "./chat_documents";
import { NEW } from "./drafts";
import { isLive, type LiveReply, type Turn } from "./live_reply";
import { ReplyFollower } from "./reply_follower";
import {
  begun,
  type Conversation,
  LOADING,
  type Transcript,
  withContinuation,
  withEarlier,
  withNewest,
  withTurns,
} from "./transcript";

export type Explained = NonNullable<NonNullable<ExplainData["turn"]>["explain"]>;

const PAGE = 30;

/** A prompt on its way: shown at once, before the server has it. */
export interface Sending {
  text: string;
}

export interface ChatState {
  transcripts: Readonly<Record<string, Transcript>>;
  /** By turn, while they are written. */
  replies: Readonly<Record<string, LiveReply>>;
  /** By place: a conversation's id, or `NEW`. */
  sending: Readonly<Record<string, Sending>>;
}

/** What the rest of the app is told. */
export interface ChatListener {
  changed: (conversation: Conversation) => void;
  titled: (conversationId: string, title: string) => void;
}

const EMPTY: ChatState = { transcripts: {}, replies: {}, sending: {} };

/** The conversations that were opened in this tab, and the replies that are being written in them. */
export class Chat {
  readonly store = createStore<ChatState>(() => EMPTY);
  readonly #followers = new Map<string, ReplyFollower>();
  readonly #api: Api;
  readonly #listener: ChatListener;

  constructor(api: Api, listener: ChatListener) {
    this.#api = api;
    this.#listener = listener;
  }

  /** Load the newest turns, or look again what others did to them. */
  async open(id: string): Promise<void> {
    const known = this.store.getState().transcripts[id];
    if (known?.status !== "ready") this.#setTranscript(id, () => LOADING);
    try {
      const { conversation } = await this.#api.query(ConversationQuery, { id, last: PAGE });
      if (conversation === null) throw new Failure(NOT_FOUND);
      this.#setTranscript(id, (transcript) => withNewest(transcript, conversation));
      this.#followLive(id, conversation.turns.edges.map((edge) => edge.node));
    } catch (thrown) {
      const failure = failureFromThrown(thrown);
      if (failure.code === NOT_FOUND) this.#setTranscript(id, () => ({ ...LOADING, status: "missing" }));
      else if (known?.status !== "ready") this.#setTranscript(id, () => ({ ...LOADING, status: "failed", failure }));
    }
  }

  async loadEarlier(id: string): Promise<void> {
    const before = this.store.getState().transcripts[id]?.before ?? null;
    if (before === null) return;
    const { conversation } = await this.#api.query(ConversationQuery, { id, last: PAGE, before });
    if (conversation !== null) this.#setTranscript(id, (transcript) => withEarlier(transcript, conversation));
  }

  /** Send a first prompt; answers with the new conversation's id.  Throws a Failure. */
  async begin(prompt: string, plan: Plan, idempotencyKey: string): Promise<string> {
    const { turn, conversation } = await this.#send(NEW, prompt, async () => {
      const input = { prompt, plan, idempotencyKey, wait: false, accessTokenPlus: false };
      return (await this.#api.mutate(ChatMutation, { input })).chat;
    });
    const { id } = conversation;
    this.#setTranscript(id, (known) => (known.status === "ready" ? withTurns(known, [turn]) : begun(conversation, turn)));
    this.#followLive(id, [turn]);
    return id;
  }

  /** Throws a Failure. */
  async followUp(conversationId: string, prompt: string, idempotencyKey: string): Promise<void> {
    const { turn } = await this.#send(conversationId, prompt, async () => {
      const input = { conversationId, prompt, idempotencyKey, wait: false };
      return (await this.#api.mutate(FollowUpMutation, { input })).followUp;
    });
    this.#setTranscript(conversationId, (transcript) => withTurns(transcript, [turn]));
    this.#followLive(conversationId, [turn]);
  }

  /** Send a prompt that goes on with a conversation on another account; answers with the new one's id.  Throws a Failure. */
  async continueElsewhere(conversationId: string, prompt: string, idempotencyKey: string): Promise<string> {
    const { turn, conversation } = await this.#send(conversationId, prompt, async () => {
      const input = { conversationId, prompt, idempotencyKey, wait: false, plan: "ANY" as const };
      return (await this.#api.mutate(ContinueElsewhereMutation, { input })).continueElsewhere;
    });
    const { id, title, updatedAt, continues } = conversation;
    this.#setTranscript(id, (known) => (known.status === "ready" ? withTurns(known, [turn]) : begun(conversation, turn, continues)));
    this.#setTranscript(conversationId, (old) => withContinuation(old, { id, title, updatedAt }));
    this.#followLive(id, [turn]);
    return id;
  }

  /** Why a turn has its account; null where nothing is kept of it.  Throws a Failure. */
  async explain(turnId: string): Promise<Explained | null> {
    return (await this.#api.query(ExplainQuery, { turnId })).turn?.explain ?? null;
  }

  /** Throws a Failure.  The reply's own last event shows the outcome; the answer here only comes sooner or later. */
  async stop(conversationId: string, turnId: string): Promise<void> {
    const { stop } = await this.#api.mutate(StopMutation, { turnId });
    if (!isLive(stop.turn)) this.#settle(conversationId, stop.turn);
  }

  /** The conversation got another title in the list. */
  rename(id: string, title: string): void {
    if (id in this.store.getState().transcripts) this.#setTranscript(id, (transcript) => ({ ...transcript, title }));
  }

  /** The conversation was removed. */
  drop(id: string): void {
    const turns = this.store.getState().transcripts[id]?.turns ?? [];
    for (const turn of turns) this.#unfollow(turn.id);
    this.store.setState(({ transcripts }) => ({ transcripts: without(transcripts, id) }));
  }

  forget(): void {
    for (const turnId of [...this.#followers.keys()]) this.#unfollow(turnId);
    this.store.setState(EMPTY, true);
  }

  async #send<P extends { turn: Turn; conversation: Conversation }>(place: string, text: string, call: () => Promise<P>) {
    this.store.setState(({ sending }) => ({ sending: { ...sending, [place]: { text } } }));
    try {
      const payload = await call();
      this.#listener.changed(payload.conversation);
      return payload;
    } catch (thrown) {
      throw failureFromThrown(thrown);
    } finally {
      this.store.setState(({ sending }) => ({ sending: without(sending, place) }));
    }
  }

  #followLive(conversationId: string, turns: readonly Turn[]): void {
    for (const turn of turns) {
      if (!isLive(turn) || this.#followers.has(turn.id)) continue;
      const follower = new ReplyFollower(this.#api, turn, (reply) => this.#show(conversationId, reply));
      this.#followers.set(turn.id, follower);
      // A reply that cannot be followed any more is shown as the record has it.
      void follower.run().then((failure) => {
        if (failure === null) return;
        this.#unfollow(turn.id);
        if (failure.code === NOT_FOUND) void this.open(conversationId);
      });
    }
  }

  #show(conversationId: string, reply: LiveReply): void {
    const known = this.store.getState().replies[reply.turnId];
    if (reply.title !== null && reply.title !== known?.title) this.#retitle(conversationId, reply.title);
    if (reply.ended !== null) this.#settle(conversationId, reply.ended);
    else this.store.setState(({ replies }) => ({ replies: { ...replies, [reply.turnId]: reply } }));
  }

  #retitle(id: string, title: string): void {
    this.#setTranscript(id, (transcript) => ({ ...transcript, title }));
    this.#listener.titled(id, title);
  }

  /** One change of state, so that the finished turn takes the live one's place without a frame between. */
  #settle(conversationId: string, turn: Turn): void {
    this.#followers.get(turn.id)?.close();
    this.#followers.delete(turn.id);
    this.store.setState(({ transcripts, replies }) => {
      const transcript = transcripts[conversationId];
      return {
        replies: without(replies, turn.id),
        transcripts: transcript ? { ...transcripts, [conversationId]: withTurns(transcript, [turn]) } : transcripts,
      };
    });
  }

  #unfollow(turnId: string): void {
    this.#followers.get(turnId)?.close();
    this.#followers.delete(turnId);
    this.store.setState(({ replies }) => ({ replies: without(replies, turnId) }));
  }

  #setTranscript(id: string, change: (transcript: Transcript) => Transcript): void {
    this.store.setState(({ transcripts }) => ({ transcripts: { ...transcripts, [id]: change(transcripts[id] ?? LOADING) } }));
  }
}

function without<T>(entries: Readonly<Record<string, T>>, name: string): Record<string, T> {
  return Object.fromEntries(Object.entries(entries).filter(([key]) => key !== name));
}
