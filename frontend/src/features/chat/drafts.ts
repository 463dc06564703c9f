import { newUuid } from "@/browser/ids";

/** The place of a draft that begins a conversation; a conversation's own place is its id. */
export const NEW = "new";

/** `attempt` is the idempotency key of a send that was not confirmed: sending the same again must not ask twice. */
interface Kept {
  text: string;
  attempt: { key: string; input: string } | null;
}

const EMPTY: Kept = { text: "", attempt: null };

/** Drafts, per user and place, for as long as the tab lives.  Keys and tokens are never put here. */
export class Drafts {
  readonly #prefix: string;

  constructor(viewerId: string) {
    this.#prefix = `draft:${viewerId}:`;
  }

  text(place: string): string {
    return this.#read(place).text;
  }

  keep(place: string, text: string): void {
    const { attempt } = this.#read(place);
    this.#write(place, { text, attempt });
  }

  /** The idempotency key for this input: the earlier one where the same was sent and nobody knows what came of it. */
  attempt(place: string, text: string, input: string): string {
    const { attempt } = this.#read(place);
    const key = attempt?.input === input ? attempt.key : newUuid();
    this.#write(place, { text, attempt: { key, input } });
    return key;
  }

  /** The server has the prompt.  What was typed meanwhile is the draft now. */
  confirm(place: string, typedMeanwhile: string): void {
    this.#write(place, { text: typedMeanwhile, attempt: null });
  }

  static forgetAll(): void {
    const names = Object.keys(sessionStorage).filter((name) => name.startsWith("draft:"));
    for (const name of names) sessionStorage.removeItem(name);
  }

  #read(place: string): Kept {
    const kept = sessionStorage.getItem(this.#prefix + place);
    return kept === null ? EMPTY : (JSON.parse(kept) as Kept);
  }

  #write(place: string, kept: Kept): void {
    const name = this.#prefix + place;
    try {
      if (kept.text === "" && kept.attempt === null) sessionStorage.removeItem(name);
      else sessionStorage.setItem(name, JSON.stringify(kept));
    } catch (thrown) {
      // A full storage costs the draft after a reload, not the prompt that is being written.
      if (!(thrown instanceof DOMException)) throw thrown;
    }
  }
}
