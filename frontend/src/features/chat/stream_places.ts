/** Browsers open six connections to a server without TLS, for all their tabs together, and each stream holds one. */
const PLACES = 2;
/** Milliseconds that a stream stays while another one waits. */
const TURN = 3000;
/** Milliseconds after which a tab that is not looked at needs none. */
const UNSEEN = 20_000;

interface Holder {
  since: number;
  leave: () => void;
}

/**
 * Which streams of this tab may be open: that of the follower that is wanted most at all times, the others by turns, and
 * none while the tab is hidden.  Whoever is told to leave frees its place and asks for another.
 */
export class StreamPlaces {
  readonly #holding = new Map<object, Holder>();
  /** First come, first served. */
  readonly #waiting = new Map<object, () => void>();
  readonly #wanted: () => object | undefined;
  #unseen = false;
  #turn: ReturnType<typeof setTimeout> | undefined;
  #hidden: ReturnType<typeof setTimeout> | undefined;

  constructor(wanted: () => object | undefined) {
    this.#wanted = wanted;
    document.addEventListener("visibilitychange", () => {
      clearTimeout(this.#hidden);
      if (document.visibilityState === "hidden") this.#hidden = setTimeout(() => this.#look(true), UNSEEN);
      else this.#look(false);
    });
  }

  /** Resolves once there is a place.  `leave` is called when it is another's turn. */
  take(follower: object, leave: () => void): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.set(follower, () => {
        this.#waiting.delete(follower);
        this.#holding.set(follower, { since: performance.now(), leave });
        resolve();
      });
      this.arrange();
    });
  }

  free(follower: object): void {
    this.#waiting.delete(follower);
    this.#holding.delete(follower);
    this.arrange();
  }

  #look(unseen: boolean): void {
    this.#unseen = unseen;
    this.arrange();
  }

  /** Anew, once another one is wanted. */
  arrange(): void {
    clearTimeout(this.#turn);
    if (this.#unseen) {
      for (const { leave } of [...this.#holding.values()]) leave();
      return;
    }
    const wanted = this.#wanted();
    const first = wanted && this.#waiting.get(wanted);
    for (const enter of new Set([...(first ? [first] : []), ...this.#waiting.values()])) {
      if (this.#holding.size < PLACES) enter();
    }
    if (this.#waiting.size === 0) return;
    const others = [...this.#holding].filter(([follower]) => follower !== wanted).map(([, holder]) => holder);
    const oldest = others.reduce((one, other) => (other.since < one.since ? other : one));
    const urgent = wanted !== undefined && this.#waiting.has(wanted);
    this.#turn = setTimeout(oldest.leave, urgent ? 0 : Math.max(0, oldest.since + TURN - performance.now()));
  }
}
