import { Pause } from "@/browser/pause";
import type { Api, Stream } from "@/graphql/api";
import { type Failure, NOT_AUTHENTICATED, NOT_FOUND } from "@/graphql/failure";

import { ReplySubscription } from "./chat_documents";
import { afterEvent, type LiveReply, liveReplyOf, type Turn } from "./live_reply";
import type { StreamPlaces } from "./stream_places";

/** Milliseconds.  Text is shown a few dozen times a second, however finely the upstream cuts it. */
const SHOW_EVERY = 40;
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 10_000;
/** Milliseconds without an event: a connection that died in silence looks like an account that thinks. */
const SILENT = 30_000;

/** Follows one reply to its end and comes back after every break and every long silence, from the number where it was. */
export class ReplyFollower {
  #reply: LiveReply;
  #stream: Stream | null = null;
  #closed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #leave: () => void = () => undefined;
  readonly #api: Api;
  readonly #places: StreamPlaces;
  readonly #pause = new Pause();
  readonly #show: (reply: LiveReply) => void;

  constructor(api: Api, places: StreamPlaces, turn: Turn, show: (reply: LiveReply) => void) {
    this.#api = api;
    this.#places = places;
    this.#reply = liveReplyOf(turn);
    this.#show = show;
  }

  /** Resolves when the reply has ended, with the failure when it cannot be followed at all. */
  async run(): Promise<Failure | null> {
    this.#show(this.#reply);
    let pause = FIRST_PAUSE;
    while (!this.#isOver()) {
      const before = this.#reply.lastNumber;
      const failure = await this.#listen();
      if (this.#isOver()) return null;
      if (failure === "left") continue;
      if (failure?.code === NOT_FOUND || failure?.code === NOT_AUTHENTICATED) return failure;
      pause = this.#reply.lastNumber > before ? FIRST_PAUSE : Math.min(LONGEST_PAUSE, pause * 2);
      this.#update({ ...this.#reply, connection: "lost" });
      await this.#pause.of(pause);
    }
    return null;
  }

  #isOver(): boolean {
    return this.#closed || this.#reply.ended !== null;
  }

  /** Listen by another connection: nobody knows whether the one there is still lives. */
  renew(): void {
    this.#leave();
    this.#pause.wake();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#stream?.close();
    this.renew();
  }

  async #listen(): Promise<Failure | "left" | null> {
    const left = new Promise<"left">((resolve) => (this.#leave = () => resolve("left")));
    try {
      const place = this.#places.take(this, () => this.#leave());
      return (await Promise.race([place, left])) ?? (await this.#hear(left));
    } finally {
      this.#places.free(this);
    }
  }

  async #hear(left: Promise<"left">): Promise<Failure | "left" | null> {
    const variables = { turnId: this.#reply.turnId, after: this.#reply.lastNumber };
    let silence: ReturnType<typeof setTimeout> | undefined;
    const waitOn = () => {
      clearTimeout(silence);
      silence = setTimeout(this.#leave, SILENT);
    };
    waitOn();
    this.#stream = this.#api.follow(ReplySubscription, variables, ({ reply: event }) => {
      waitOn();
      this.#update(afterEvent(this.#reply, event));
    });
    const failure = await Promise.race([this.#stream.end, left]);
    clearTimeout(silence);
    this.#stream.close();
    return failure;
  }

  #update(reply: LiveReply): void {
    this.#reply = reply;
    if (reply.ended !== null || reply.connection === "lost") {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      if (!this.#closed) this.#show(reply);
    } else {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.#show(this.#reply);
      }, SHOW_EVERY);
    }
  }
}
