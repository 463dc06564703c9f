import { createStore } from "zustand/vanilla";

import type { Api } from "@/graphql/api";
import { Failure, failureFromThrown, NOT_FOUND } from "@/graphql/failure";
import type { AccessQuery as AccessData, KeyFieldsFragment } from "@/graphql/generated/graphql";

import { AccessQuery, AddKeyMutation, RenameKeyMutation, RevokeKeyMutation } from "./access_documents";

export type Key = KeyFieldsFragment;
export type Use = NonNullable<AccessData["user"]>["use"];

export interface AccessState {
  status: "loading" | "ready" | "failed";
  failure: Failure | null;
  /** The newest first. */
  keys: readonly Key[];
  /** Of the last 30 days. */
  use: Use | null;
}

/** What is left unset stays as it is. */
export interface KeyChange {
  name?: string;
  expiresAt?: string | null;
}

export const USE_DAYS = 30;
const DAY = 86_400_000;
const EMPTY: AccessState = { status: "loading", failure: null, keys: [], use: null };

/** One user's keys and what it used.  Every action throws a Failure. */
export class Access {
  readonly store = createStore<AccessState>(() => EMPTY);
  readonly #api: Api;
  readonly #userId: string;

  constructor(api: Api, userId: string) {
    this.#api = api;
    this.#userId = userId;
  }

  async load(): Promise<void> {
    const from = new Date(Date.now() - USE_DAYS * DAY).toISOString();
    try {
      const { user } = await this.#api.query(AccessQuery, { userId: this.#userId, from });
      if (user === null) throw new Failure(NOT_FOUND);
      this.store.setState({ status: "ready", failure: null, keys: user.keys, use: user.use });
    } catch (thrown) {
      this.store.setState({ status: "failed", failure: failureFromThrown(thrown) });
    }
  }

  retry(): void {
    this.store.setState({ status: "loading", failure: null });
    void this.load();
  }

  /** The key, which nobody shows again. */
  async add(name: string, expiresAt: string | null): Promise<string> {
    const input = { userId: this.#userId, name, expiresAt };
    const { key, issued } = (await this.#api.mutate(AddKeyMutation, { input })).addKey;
    this.store.setState(({ keys }) => ({ keys: [issued, ...keys] }));
    return key;
  }

  async change(id: string, change: KeyChange): Promise<void> {
    const { key } = (await this.#api.mutate(RenameKeyMutation, { input: { id, ...change } })).renameKey;
    this.store.setState(({ keys }) => ({ keys: keys.map((each) => (each.id === id ? key : each)) }));
  }

  /** A key that is gone already is as good as revoked. */
  async revoke(id: string): Promise<void> {
    try {
      await this.#api.mutate(RevokeKeyMutation, { id });
    } catch (thrown) {
      const failure = failureFromThrown(thrown);
      if (failure.code !== NOT_FOUND) throw failure;
    }
    this.store.setState(({ keys }) => ({ keys: keys.filter((key) => key.id !== id) }));
  }
}
