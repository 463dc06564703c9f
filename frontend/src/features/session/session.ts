import { createStore } from "zustand/vanilla";

import type { Arrival } from "@/browser/arrival";
import type { Api } from "@/graphql/api";
import type { Failure} from "@/graphql/failure";
import { failureFromResponse, failureFromThrown, NOT_AUTHENTICATED } from "@/graphql/failure";
import type { ViewerQuery as ViewerData } from "@/graphql/generated/graphql";

import type { Proof } from "./proof";
import { OwnerQuery, ViewerQuery } from "./session_documents";

export type Viewer = ViewerData["viewer"];
export type Server = ViewerData["server"];

/** A key that came along in the address and is somebody else's than the session. */
export interface OtherKey {
  key: string;
  name: string;
}

/** `failure` beside `signedOut` says why a link or key that came along in the address did not sign in. */
export type SessionState =
  | { status: "loading" }
  | { status: "signedIn"; viewer: Viewer; server: Server; other: OtherKey | null }
  | { status: "signedOut"; failure: Failure | null; by: "link" | "key" | null; lapsed: boolean }
  | { status: "failed"; failure: Failure };

/** Who is signed in.  The cookie is the browser's alone; what is kept here is the viewer. */
export class Session {
  readonly store = createStore<SessionState>(() => ({ status: "loading" }));
  readonly #url: string;
  #api: Api | null = null;
  /** Whether what is known was asked for just now, and nobody has used it. */
  #fresh = false;

  constructor(url: string) {
    this.#url = url;
  }

  connect(api: Api): void {
    this.#api = api;
  }

  /**
   * Sign in with what came along in the address, if anything did, and learn who the viewer is.  A key in an address
   * does not take the place of a session: anyone can make such an address, and it would speak for somebody else.  If it
   * is somebody else's, the person is asked; their own, as in a bookmark from the old server, changes nothing.
   */
  async arrive({ link, key }: Arrival): Promise<void> {
    const proof: Proof | null = link !== null ? { link } : key !== null ? { key } : null;
    if (proof === null) return this.load();
    this.#set({ status: "loading" });
    if ("key" in proof) {
      await this.load();
      const state = this.store.getState();
      if (state.status === "signedIn") {
        const owner = await this.#ownerOf(proof.key);
        if (owner !== null && owner.id !== state.viewer.id) this.#set({ ...state, other: { key: proof.key, name: owner.name } });
        return;
      }
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
      this.#fresh = true;
      this.#set({ status: "signedIn", viewer, server, other: null });
    } catch (thrown) {
      const failure = failureFromThrown(thrown);
      if (failure.code === NOT_AUTHENTICATED) this.lapse();
      else this.#set({ status: "failed", failure });
    }
  }

  /** Look again at what others may have changed meanwhile, unless it was asked for just now.  What is known stays where nobody answers. */
  async refresh(): Promise<void> {
    const fresh = this.#fresh;
    this.#fresh = false;
    if (fresh || this.#api === null) return;
    try {
      const { viewer, server } = await this.#api.query(ViewerQuery, {});
      const state = this.store.getState();
      if (state.status === "signedIn" && state.viewer.id === viewer.id) this.#set({ ...state, viewer, server });
    } catch (thrown) {
      if (failureFromThrown(thrown).code === NOT_AUTHENTICATED) this.lapse();
    }
  }

  /** Null when it signed in; the viewer is known then. */
  async signIn(proof: Proof): Promise<Failure | null> {
    const failure = await this.#exchange(proof);
    if (failure === null) await this.load();
    return failure;
  }

  /** The session stays, and the key that came along is forgotten. */
  stay(): void {
    const state = this.store.getState();
    if (state.status === "signedIn") this.#set({ ...state, other: null });
  }

  async signOut(): Promise<Failure | null> {
    const failure = await this.#call({ method: "DELETE" });
    if (failure !== null && failure.code !== NOT_AUTHENTICATED) return failure;
    this.#set({ status: "signedOut", failure: null, by: null, lapsed: false });
    return null;
  }

  /** Asks the server; where nobody answers, it is taken to be there.  One that has ended sends the reader to sign in. */
  async holds(): Promise<boolean> {
    try {
      await this.#api?.query(OwnerQuery, {});
      return true;
    } catch (thrown) {
      return failureFromThrown(thrown).code !== NOT_AUTHENTICATED;
    }
  }

  /** The server no longer knows the cookie.  Of several requests that were refused the first says so. */
  lapse(): void {
    const { status } = this.store.getState();
    if (status !== "signedOut") this.#set({ status: "signedOut", failure: null, by: null, lapsed: status === "signedIn" });
  }

  /** Whose key it is; null where it is nobody's, or nobody answers. */
  async #ownerOf(key: string): Promise<Pick<Viewer, "id" | "name"> | null> {
    try {
      return (await this.#api?.queryAs(key, OwnerQuery))?.viewer ?? null;
    } catch (thrown) {
      failureFromThrown(thrown);
      return null;
    }
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
