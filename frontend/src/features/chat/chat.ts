import { createStore } from "zustand/vanilla";

import type { Api } from "@/graphql/api";
import { Failure, failureFromThrown, NOT_FOUND } from "@/graphql/failure";

import {
  AskAgainMutation,
  ChatMutation,
  ContinueElsewhereMutation,
  ConversationQuery,
  ExplainQuery,
  FollowUpMutation,
  MessageQuery,
  ModelsQuery,
  PreambleQuery,
  ProofQuery,
  StopMutation,
} from "./chat_documents";
import { type ChatListener, type ChatState, EMPTY, type Wish } from "./chat_state";
import { NEW } from "./drafts";
import type { Explained, Proof, SentAlong } from "./examined";
import { isLive, type LiveReply, type Turn } from "./live_reply";
import { OwnTokens } from "./own_tokens";
import { ReplyFollower } from "./reply_follower";
import { StreamPlaces } from "./stream_places";
import { begun, type Conversation, LOADING, type Transcript, withContinuation, withEarlier, withNext, withPath, withTurn } from "./transcript";

const PAGE = { end: 30, earlier: 90 };

export type Models = Awaited<ReturnType<Chat["models"]>>;

/** The conversations that were opened in this tab, and the replies that are being written in them. */
export class Chat {
  readonly store = createStore<ChatState>(() => EMPTY);
  readonly tokens = new OwnTokens();
  readonly #followers = new Map<string, ReplyFollower>();
  /** The reply that is being written in the conversation that was looked at last, not the prompts behind it. */
  readonly #places = new StreamPlaces(() => {
    const turns = this.store.getState().transcripts[this.#shown]?.turns ?? [];
    return turns.map(({ id }) => this.#followers.get(id)).find((follower) => follower !== undefined);
  });
  /** What was asked for last, by conversation: an answer to anything before it comes too late. */
  readonly #looks = new Map<string, { through: string | null }>();
  #shown = "";
  readonly #api: Api;
  readonly #listener: ChatListener;

  constructor(api: Api, listener: ChatListener) {
    this.#api = api;
    this.#listener = listener;
  }

  /**
   * Load the end of the path through a turn, or of the newest one, or look again what others did to it.  Answers with what
   * went wrong where turns that are shown stay as they are.
   */
  async open(id: string, through: string | null = null): Promise<Failure | null> {
    const known = this.store.getState().transcripts[id];
    const look = { through };
    this.#looks.set(id, look);
    if (known?.status !== "ready") this.#setTranscript(id, () => LOADING);
    try {
      const { conversation } = await this.#api.query(ConversationQuery, { id, last: PAGE.end, through, whole: true });
      if (this.#looks.get(id) !== look) return null;
      if (conversation === null) throw new Failure(NOT_FOUND);
      this.#setTranscript(id, (transcript) => withPath(transcript, conversation, through));
      this.#followLive(id, conversation.turns.edges.map((edge) => edge.node));
      return null;
    } catch (thrown) {
      const failure = failureFromThrown(thrown);
      if (this.#looks.get(id) !== look) return null;
      // An address may name a turn that is not there; the conversation is then shown without it.
      if (through !== null && (failure.code === NOT_FOUND || failure.code === "invalid_input")) return this.open(id);
      if (failure.code === NOT_FOUND) this.#setTranscript(id, () => ({ ...LOADING, status: "missing" }));
      else if (known?.status !== "ready") this.#setTranscript(id, () => ({ ...LOADING, status: "failed", failure }));
      else return failure;
      return null;
    }
  }

  async loadEarlier(id: string): Promise<void> {
    const { before = null, turns = [] } = this.store.getState().transcripts[id] ?? {};
    if (before === null) return;
    // What others write meanwhile must not lead to another path.
    const through = turns[0]?.id ?? null;
    const { conversation } = await this.#api.query(ConversationQuery, { id, last: PAGE.earlier, before, through, whole: false });
    if (conversation !== null) this.#setTranscript(id, (transcript) => withEarlier(transcript, conversation));
  }

  /** The models that may be asked for, of the server's own accounts.  Throws a Failure. */
  async models(): Promise<readonly { name: string; title: string }[]> {
    return (await this.#api.query(ModelsQuery, {})).models;
  }

  /** Send a first prompt; answers with the new conversation's id.  Throws a Failure. */
  async begin(prompt: string, { plan, model, own }: Wish, idempotencyKey: string): Promise<string> {
    const { turn, conversation } = await this.#send(NEW, prompt, async () => {
      const token = { accessToken: own?.accessToken ?? null, accessTokenPlus: own?.plus ?? false };
      const input = { prompt, plan: own === null ? plan : "ANY", model, idempotencyKey, wait: false, ...token } as const;
      return (await this.#api.mutate(ChatMutation, { input })).chat;
    });
    const { id } = conversation;
    if (own !== null) this.tokens.enter(id, own);
    this.#setTranscript(id, (known) => (known.status === "ready" ? known : begun(conversation, turn)));
    this.#followLive(id, [turn]);
    return id;
  }

  /** Behind the path that is shown.  Throws a Failure. */
  async followUp(conversationId: string, prompt: string, { model, own }: Wish, idempotencyKey: string): Promise<void> {
    const { turns = [], through = null } = this.store.getState().transcripts[conversationId] ?? {};
    const afterTurnId = through === null ? null : (turns.at(-1)?.id ?? null);
    const { turn } = await this.#send(conversationId, prompt, async () => {
      const accessToken = own?.accessToken ?? null;
      const input = { conversationId, prompt, afterTurnId, model, accessToken, idempotencyKey, wait: false };
      return (await this.#api.mutate(FollowUpMutation, { input })).followUp;
    });
    this.#goOnWith(conversationId, turn);
  }

  /** Another version of a turn, with another prompt or the same.  Throws a Failure. */
  async askAgain(conversationId: string, { id, prompt }: Turn, text: string, { model, own }: Wish, idempotencyKey: string): Promise<void> {
    const call = async () => {
      const accessToken = own?.accessToken ?? null;
      const input = { turnId: id, prompt: text === prompt ? null : text, model, accessToken, idempotencyKey, wait: false };
      return (await this.#api.mutate(AskAgainMutation, { input })).askAgain;
    };
    const { turn } = await this.#send(conversationId, text, call, id);
    this.#goOnWith(conversationId, turn);
  }

  /** Send a prompt that goes on with a conversation on another account; answers with the new one's id.  Throws a Failure. */
  async continueElsewhere(conversationId: string, prompt: string, idempotencyKey: string): Promise<string> {
    const { turn, conversation } = await this.#send(conversationId, prompt, async () => {
      const input = { conversationId, prompt, idempotencyKey, wait: false, plan: "ANY" as const };
      return (await this.#api.mutate(ContinueElsewhereMutation, { input })).continueElsewhere;
    });
    const { id, title, updatedAt } = conversation;
    this.#setTranscript(id, (known) => (known.status === "ready" ? known : begun(conversation, turn, conversation)));
    this.#setTranscript(conversationId, (old) => withContinuation(old, { id, title, updatedAt }));
    this.#followLive(id, [turn]);
    return id;
  }

  /** The messages that were sent along with a conversation's first prompt.  Throws a Failure. */
  async sentAlong(id: string): Promise<SentAlong> {
    return (await this.#api.query(PreambleQuery, { id })).conversation?.preamble ?? [];
  }

  /** Why a turn has its account; null where nothing is kept of it.  Throws a Failure. */
  async explain(turnId: string): Promise<Explained | null> {
    return (await this.#api.query(ExplainQuery, { turnId })).turn?.explain ?? null;
  }

  /** The receipt of a turn that is shown; its conversation is verified now.  Throws a Failure. */
  async prove(turnId: string): Promise<Proof> {
    const id = this.#conversationOf(turnId);
    const { turn, conversation } = await this.#api.query(ProofQuery, { turnId, conversationId: id });
    if (!turn || !conversation) throw new Failure(NOT_FOUND);
    return { id, receipt: turn.receipt, integrity: conversation.integrity };
  }

  /** The reply as a message object, with the conversation that it stands in.  Throws a Failure. */
  async message(turnId: string): Promise<{ id: string; title: string; message: unknown }> {
    const { turn } = await this.#api.query(MessageQuery, { turnId });
    if (!turn) throw new Failure(NOT_FOUND);
    const id = this.#conversationOf(turnId);
    return { id, title: this.store.getState().transcripts[id]?.title ?? "", message: JSON.parse(turn.message) as unknown };
  }

  #conversationOf(turnId: string): string {
    return Object.entries(this.store.getState().transcripts).find(([, { turns }]) => turns.some(({ id }) => id === turnId))?.[0] ?? "";
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
    for (const turn of this.store.getState().transcripts[id]?.turns ?? []) this.#unfollow(turn.id);
    this.store.setState(({ transcripts }) => ({ transcripts: without(transcripts, id) }));
  }

  forget(): void {
    for (const turnId of [...this.#followers.keys()]) this.#unfollow(turnId);
    this.#looks.clear();
    this.store.setState(EMPTY, true);
  }

  /** A turn that was just asked is the newest of all, and the path that is shown leads to it. */
  #goOnWith(conversationId: string, turn: Turn): void {
    this.#looks.set(conversationId, { through: null });
    const known = this.store.getState().transcripts[conversationId] ?? LOADING;
    const next = withNext(known, turn);
    // Others may have gone on with it, so that it follows a turn that is not here.
    if (next === null) void this.open(conversationId);
    else this.#setTranscript(conversationId, () => next);
    this.#followLive(conversationId, [turn]);
  }

  async #send<P extends { turn: Turn; conversation: Conversation }>(place: string, text: string, call: () => Promise<P>, insteadOf: string | null = null) {
    this.store.setState(({ sending }) => ({ sending: { ...sending, [place]: { text, insteadOf } } }));
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
    this.#shown = conversationId;
    for (const turn of turns) {
      const known = this.#followers.get(turn.id);
      // Whoever comes back to it may have lost the connection without a word, and the end of the reply with it.
      if (known && !isLive(turn)) this.#settle(conversationId, turn);
      else known?.renew();
      if (!isLive(turn) || known) continue;
      const follower = new ReplyFollower(this.#api, this.#places, turn, (reply) => this.#show(conversationId, reply));
      this.#followers.set(turn.id, follower);
      // A reply that cannot be followed any more is shown as the record has it.
      void follower.run().then((failure) => {
        if (failure === null) return;
        this.#unfollow(turn.id);
        if (failure.code === NOT_FOUND) void this.open(conversationId, this.#looks.get(conversationId)?.through ?? null);
      });
    }
    this.#places.arrange();
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
        transcripts: transcript ? { ...transcripts, [conversationId]: withTurn(transcript, turn) } : transcripts,
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
