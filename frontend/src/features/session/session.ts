import { createStore } from "zustand/vanilla";

import type { Arrival } from "@/browser/arrival";
import type { Api } from "@/graphql/api";
import type { Failure} from "@/graphql/failure";
import { failureFromResponse, failureFromThrown, NOT_AUTHENTICATED } from "@/graphql/failure";
import type { ViewerQuery as ViewerData } from "@/graphql/generated/graphql";

import { ViewerQuery } from "./session_documents";

export type Viewer = ViewerData["viewer"];
export type Server = ViewerData["server"];

/** `failure` beside `signedOut` says why a link or key that came along in the address did not sign in. */
export type SessionState =
  | { status: "loading" }
  | { status: "signedIn"; viewer: Viewer; server: Server }
  | { status: "signedOut"; failure: Failure | null; by: "link" | "key" | null; lapsed: boolean }
  | { status: "failed"; failure: Failure };

type Proof = { key: string } | { link: string };

/** Who is signed in.  The cookie is the browser's alone; what is kept here is the viewer. */
export class Session {
  readonly store = createStore<SessionState>(() => ({ status: "loading" }));
  readonly #url: string;
  #api: Api | null = null;

  constructor(url: string) {
    this.#url = url;
  }

  connect(api: Api): void {
    this.#api = api;
  }

  /**
   * Sign in with what came along in the address, if anything did, and learn who the viewer is.  A key in an address
   * does not take the place of a session: anyone can make such an address, and it would speak for somebody else.
   */
  async arrive({ link, key }: Arrival): Promise<void> {
    const proof: Proof | null = link !== null ? { link } : key !== null ? { key } : null;
    if (proof === null) return this.load();
    this.#set({ status: "loading" });
    if ("key" in proof) {
      await this.load();
      if (this.store.getState().status === "signedIn") return;
    }
    const failure = await this.#exchange(proof);
    await this.load();
    // Someone who follows a used link but is signed in already just goes on.
    if (failure !== null && this.store.getState().status === "signedOut") {
      this.#set({ status: "signedOut", failure, by: "link" in proof ? "link" : "key", lapsed: false });
    }
  }

  async load(): Promise<void> {
    if (this.#api === null) return;
    try {
      const { viewer, server } = await this.#api.query(ViewerQuery, {});
      this.#set({ status: "signedIn", viewer, server });
    } catch (thrown) {
      const failure = failureFromThrown(thrown);
      if (failure.code === NOT_AUTHENTICATED) this.lapse();
      else this.#set({ status: "failed", failure });
    }
  }

  /** Null when the key signed in; the viewer is known then. */
  async signIn(key: string): Promise<Failure | null> {
    const failure = await this.#exchange({ key });
    if (failure === null) await this.load();
    return failure;
  }

  async signOut(): Promise<Failure | null> {
    const failure = await this.#call({ method: "DELETE" });
    if (failure !== null && failure.code !== NOT_AUTHENTICATED) return failure;
    this.#set({ status: "signedOut", failure: null, by: null, lapsed: false });
    return null;
  }

  /** The server no longer knows the cookie. */
  lapse(): void {
    const lapsed = this.store.getState().status === "signedIn";
    this.#set({ status: "signedOut", failure: null, by: null, lapsed });
  }

  #exchange(proof: Proof): Promise<Failure | null> {
    return this.#call({
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(proof),
    });
  }

  async #call(request: RequestInit): Promise<Failure | null> {
    try {
      const response = await fetch(this.#url, { credentials: "same-origin", ...request });
      return response.ok ? null : await failureFromResponse(response);
    } catch (thrown) {
      return failureFromThrown(thrown);
    }
  }

  #set(state: SessionState): void {
    this.store.setState(state, true);
  }
}
