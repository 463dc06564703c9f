import { createStore } from "zustand/vanilla";

import { Pause } from "@/browser/pause";
import type { Api, Stream } from "@/graphql/api";
import { type Failure, failureFromThrown, NOT_AUTHENTICATED } from "@/graphql/failure";
import type { AddAccountInput, ChangeAccountInput, CheckProxyMutation as Checked, TestAccountMutation as Tested } from "@/graphql/generated/graphql";

import {
  AccountStatesSubscription,
  AddAccountMutation,
  ChangeAccountMutation,
  CheckProxyMutation,
  DisableAccountMutation,
  EnableAccountMutation,
  RemoveAccountMutation,
  RestAccountMutation,
  SettingsProblemQuery,
  SignInAccountMutation,
  TestAccountMutation,
  WakeAccountMutation,
} from "./account_documents";
import type { Account } from "./standing";

/** Milliseconds. */
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 10_000;
const LOOK_EVERY = 15_000;

export interface AccountsState {
  status: "loading" | "ready" | "failed" | "notAllowed";
  failure: Failure | null;
  /** Whether what is shown is as old as the last break of the connection. */
  connection: "open" | "lost";
  items: readonly Account[];
  settingsProblem: string | null;
}

const EMPTY: AccountsState = { status: "loading", failure: null, connection: "open", items: [], settingsProblem: null };
const NOT_ALLOWED = "not_allowed";

/** The pool's accounts as they stand, and what an admin does with them.  Every action throws a Failure. */
export class Accounts {
  readonly store = createStore<AccountsState>(() => EMPTY);
  readonly #api: Api;
  readonly #pause = new Pause();
  #stream: Stream | null = null;
  #following = 0;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Show every change until the returned function is called. */
  follow(): () => void {
    this.#following += 1;
    const mine = this.#following;
    void this.#run(mine);
    const looking = setInterval(() => void this.#lookAtSettings(), LOOK_EVERY);
    void this.#lookAtSettings();
    return () => {
      this.#following += 1;
      clearInterval(looking);
      this.#stream?.close();
      this.#pause.wake();
    };
  }

  /** Do not wait for the next attempt to connect. */
  retry(): void {
    this.store.setState({ status: "loading", failure: null });
    this.#pause.wake();
  }

  async add(input: AddAccountInput): Promise<Account> {
    const { addAccount } = await this.#api.mutate(AddAccountMutation, { input });
    return this.#put(addAccount.account);
  }

  async change(input: ChangeAccountInput): Promise<Account> {
    const { changeAccount } = await this.#api.mutate(ChangeAccountMutation, { input });
    return this.#put(changeAccount.account);
  }

  async test(name: string): Promise<Tested["testAccount"]> {
    const { testAccount } = await this.#api.mutate(TestAccountMutation, { name });
    this.#put(testAccount.account);
    return testAccount;
  }

  async signIn(name: string): Promise<void> {
    this.#put((await this.#api.mutate(SignInAccountMutation, { name })).signInAccount.account);
  }

  async checkProxy(name: string): Promise<Checked["checkProxy"]> {
    return (await this.#api.mutate(CheckProxyMutation, { name })).checkProxy;
  }

  async rest(name: string, until: number): Promise<void> {
    const variables = { name, until: new Date(until).toISOString() };
    this.#put((await this.#api.mutate(RestAccountMutation, variables)).restAccount.account);
  }

  async wake(name: string): Promise<void> {
    this.#put((await this.#api.mutate(WakeAccountMutation, { name })).wakeAccount.account);
  }

  async disable(name: string): Promise<void> {
    this.#put((await this.#api.mutate(DisableAccountMutation, { name })).disableAccount.account);
  }

  async enable(name: string): Promise<void> {
    this.#put((await this.#api.mutate(EnableAccountMutation, { name })).enableAccount.account);
  }

  async remove(name: string): Promise<void> {
    await this.#api.mutate(RemoveAccountMutation, { name });
    this.store.setState(({ items }) => ({ items: items.filter((item) => item.name !== name) }));
  }

  async #run(mine: number): Promise<void> {
    let pause = FIRST_PAUSE;
    while (mine === this.#following) {
      const failure = await this.#listen(() => (pause = FIRST_PAUSE));
      if (mine !== this.#following || failure?.code === NOT_AUTHENTICATED) return;
      if (failure?.code === NOT_ALLOWED) {
        this.store.setState({ ...EMPTY, status: "notAllowed" }, true);
        return;
      }
      const { status } = this.store.getState();
      if (status === "ready") this.store.setState({ connection: "lost" });
      else if (failure !== null) this.store.setState({ status: "failed", failure });
      await this.#pause.of(pause);
      pause = Math.min(LONGEST_PAUSE, pause * 2);
    }
  }

  async #listen(heard: () => void): Promise<Failure | null> {
    const stream = this.#api.follow(AccountStatesSubscription, {}, ({ accountStates }) => {
      heard();
      this.store.setState({ status: "ready", failure: null, connection: "open", items: byName(accountStates) });
    });
    this.#stream = stream;
    const failure = await stream.end;
    stream.close();
    return failure;
  }

  /** What is wrong with the settings file is of no subscription; it is looked at now and then, and missed silently. */
  async #lookAtSettings(): Promise<void> {
    try {
      const { server } = await this.#api.query(SettingsProblemQuery, {});
      this.store.setState({ settingsProblem: server.settingsProblem });
    } catch (thrown) {
      failureFromThrown(thrown);
    }
  }

  #put(account: Account): Account {
    this.store.setState(({ items }) => ({ items: byName([...items.filter((item) => item.id !== account.id), account]) }));
    return account;
  }
}

function byName(accounts: readonly Account[]): Account[] {
  return [...accounts].sort((a, b) => a.name.localeCompare(b.name));
}
