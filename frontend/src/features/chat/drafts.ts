import { newUuid } from "@/browser/ids";

/** The place of a draft that begins a conversation; a conversation's own place is its id. */
export const NEW = "new";

/** `attempt` is the idempotency key of a send that was not confirmed: sending the same again must not ask twice. */
interface Kept {
  text: string;
  attempt: { key: string; input: string } | null;
  /** Milliseconds since the epoch. */
  at: number;
}

type Draft = Omit<Kept, "at">;

/** What tabs tell each other. */
interface Sent {
  place: string;
  prompt: string;
}

const EMPTY: Draft = { text: "", attempt: null };
/** Milliseconds: 30 days. */
const FORGOTTEN_AFTER = 30 * 86_400_000;

/** Drafts, per user and place, in this browser until the user signs out, and no longer than 30 days.  Keys and tokens are never put here. */
export class Drafts {
  readonly #prefix: string;

  constructor(viewerId: string) {
    this.#prefix = `draft:${viewerId}:`;
    for (const name of namesOfAll()) if (keptAs(name) === null) localStorage.removeItem(name);
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

  /** The server has this prompt.  What was typed meanwhile is the draft now. */
  confirm(place: string, prompt: string): void {
    const { text } = this.#read(place);
    this.#write(place, { text: text === prompt ? "" : text, attempt: null });
    const tabs = new BroadcastChannel(this.#prefix);
    tabs.postMessage({ place, prompt } satisfies Sent);
    tabs.close();
  }

  /** Tells of a prompt that was sent from this place in any tab.  The storage's own events do not say which tab's draft went. */
  listen(place: string, sent: (prompt: string) => void): () => void {
    const tabs = new BroadcastChannel(this.#prefix);
    tabs.onmessage = ({ data }: MessageEvent<Sent>) => {
      if (data.place === place) sent(data.prompt);
    };
    return () => tabs.close();
  }

  static forgetAll(): void {
    for (const name of namesOfAll()) localStorage.removeItem(name);
  }

  #read(place: string): Draft {
    return keptAs(this.#prefix + place) ?? EMPTY;
  }

  #write(place: string, draft: Draft): void {
    const name = this.#prefix + place;
    try {
      if (draft.text === "" && draft.attempt === null) localStorage.removeItem(name);
      else localStorage.setItem(name, JSON.stringify({ ...draft, at: Date.now() } satisfies Kept));
    } catch (thrown) {
      // A full storage costs the draft after a reload, not the prompt that is being written.  An older one would come back as if
      // it had been typed since.
      if (!(thrown instanceof DOMException)) throw thrown;
      localStorage.removeItem(name);
    }
  }
}

const namesOfAll = () => Object.keys(localStorage).filter((name) => name.startsWith("draft:"));

const keptAs = (name: string) => keptIn(localStorage.getItem(name));

/** Null where nothing is kept, or nothing that still counts. */
function keptIn(kept: string | null): Kept | null {
  if (kept === null) return null;
  try {
    const { text, attempt, at } = JSON.parse(kept) as Kept;
    return Date.now() - at < FORGOTTEN_AFTER ? { text, attempt, at } : null;
  } catch {
    return null;
  }
}
