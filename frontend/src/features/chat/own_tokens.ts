import { createStore } from "zustand/vanilla";

/** The access token of an account of the user's own. */
export interface OwnToken {
  accessToken: string;
  plus: boolean;
}

interface OwnTokensState {
  /** By place: a conversation's id, or the one where one begins. */
  tokens: Readonly<Record<string, OwnToken>>;
  /** The places where the token is to be entered. */
  asked: Readonly<Record<string, boolean>>;
}

export const NO_TOKEN: OwnToken = { accessToken: "", plus: false };

const EMPTY: OwnTokensState = { tokens: {}, asked: {} };

/** Access tokens, for as long as the page lives: they are in this memory alone, never in the browser's storage. */
export class OwnTokens {
  readonly store = createStore<OwnTokensState>(() => EMPTY);

  /** What is to be sent along from there; null for nothing. */
  given(place: string): OwnToken | null {
    const token = this.store.getState().tokens[place];
    return token === undefined || token.accessToken.trim() === "" ? null : { ...token, accessToken: token.accessToken.trim() };
  }

  enter(place: string, token: OwnToken): void {
    this.store.setState(({ tokens }) => ({ tokens: { ...tokens, [place]: token } }));
  }

  /** Whether the place has a field for it. */
  ask(place: string, asked: boolean): void {
    this.store.setState((state) => ({ asked: { ...state.asked, [place]: asked } }));
  }

  /** What the server said of a prompt from there: a token is missing, was one too many, or is another account's. */
  refused(place: string, code: string): void {
    if (code === "access_token_required") this.ask(place, true);
    else if (code === "account_unavailable" && this.given(place) !== null) this.ask(place, true);
    else if (code === "access_token_not_expected") {
      this.enter(place, NO_TOKEN);
      this.ask(place, false);
    }
  }

  forget(): void {
    this.store.setState(EMPTY, true);
  }
}
