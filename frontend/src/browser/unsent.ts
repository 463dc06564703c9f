/**
 * What was typed into forms and not sent, in this page's memory alone.  A form that is left forgets it; one that is taken
 * away because the session ended has it again when the same user has signed in.  Secrets are not put here.
 */
export class Unsent {
  readonly #typed = new Map<string, unknown>();
  #heldFor: string | null = null;

  read(form: string): unknown {
    return this.#typed.get(form);
  }

  write(form: string, typed: unknown): void {
    this.#typed.set(form, typed);
  }

  /** The form was sent, or left. */
  leave(form: string): void {
    if (this.#heldFor === null) this.#typed.delete(form);
  }

  /** The user's session ended: what it typed waits for it. */
  hold(userId: string): void {
    this.#heldFor = userId;
  }

  /** Somebody has signed in, or nobody is to: null.  What another one typed is forgotten. */
  release(userId: string | null): void {
    if (this.#heldFor === null && userId !== null) return;
    if (this.#heldFor !== userId) this.#typed.clear();
    this.#heldFor = null;
  }
}

export const unsent = new Unsent();
