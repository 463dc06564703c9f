import { createStore } from "zustand/vanilla";

import type { Api } from "@/graphql/api";
import { type Failure, failureFromThrown } from "@/graphql/failure";
import type { UseDimension } from "@/graphql/generated/graphql";

import { leading, type Report, reportFrom, reportOfMany, groupOf } from "./report";
import type { Span } from "./span";
import { type Measure, NOTHING, type UseRow } from "./totals";
import type { Dimension, Grouping, UseFilter } from "./view";
import { UseQuery, UserNameQuery } from "./use_documents";

/** What is asked for.  `measure` says which groups matter most, where there are too many to have them all by time. */
export interface Question {
  span: Span;
  by: Grouping;
  filter: UseFilter;
  measure: Measure;
}

export interface UseState {
  status: "loading" | "ready" | "failed";
  failure: Failure | null;
  /** The last answer, which may be to an earlier question while the next one is on its way. */
  report: Report | null;
  /** The names of the users and clients in the filter, by their ids. */
  names: Readonly<Record<string, string>>;
}

const TOO_LARGE = "report_too_large";
const DIMENSIONS = { user: "USER", client: "CLIENT", account: "ACCOUNT", model: "MODEL" } as const satisfies Record<Dimension, UseDimension>;

/** What was used, as far as the viewer may see it. */
export class Use {
  readonly store = createStore<UseState>(() => ({ status: "loading", failure: null, report: null, names: {} }));
  readonly #api: Api;
  #asked = 0;
  #question: Question | null = null;
  #whole = true;

  constructor(api: Api) {
    this.#api = api;
  }

  /**
   * Ask, unless the answer is there: another measure changes it only where there are too many groups.  What is shown stays
   * until the answer comes; of several answers the last question's counts.
   */
  async show(question: Question): Promise<void> {
    const before = this.#question;
    this.#question = question;
    const same = before?.span === question.span && before.by === question.by && before.filter === question.filter;
    if (same && this.#whole && this.store.getState().status !== "failed") return;
    await this.#ask(question);
  }

  retry(): void {
    if (this.#question !== null) void this.#ask(this.#question);
  }

  async #ask(question: Question): Promise<void> {
    this.#asked += 1;
    const mine = this.#asked;
    this.store.setState({ status: "loading", failure: null });
    void this.#name(question.filter);
    try {
      const report = await this.#report(question);
      if (mine === this.#asked) this.store.setState({ status: "ready", report });
    } catch (thrown) {
      if (mine === this.#asked) this.store.setState({ status: "failed", failure: failureFromThrown(thrown), report: null });
    }
  }

  async #report(question: Question): Promise<Report> {
    const { by, span } = question;
    this.#whole = true;
    if (by === "total") return reportFrom(await this.#rows(question, ["TIME"]), by, span);
    try {
      return reportFrom(await this.#rows(question, ["TIME", DIMENSIONS[by]]), by, span);
    } catch (thrown) {
      if (failureFromThrown(thrown).code !== TOO_LARGE) throw thrown;
      this.#whole = false;
      return this.#reportOfMany(question, by);
    }
  }

  /** Too many groups to have them all by time: those that matter most, one by one. */
  async #reportOfMany(question: Question, by: Dimension): Promise<Report> {
    const [groups, steps] = await Promise.all([this.#rows(question, [DIMENSIONS[by]]), this.#rows(question, ["TIME"])]);
    const most = leading(groups.map((row) => ({ ...groupOf(row, by), total: row, steps: [] })), question.measure);
    const values = most.flatMap(({ value }) => (value === null ? [] : [value]));
    const single = await Promise.all(
      values.map(async (value) => {
        const filter = { ...question.filter, [by]: value };
        return [value, await this.#rows({ ...question, filter }, ["TIME"])] as const;
      }),
    );
    return reportOfMany(groups, steps, new Map(single), by, question.span);
  }

  async #rows({ span: { from, to, step }, filter }: Question, by: UseDimension[]): Promise<UseRow[]> {
    const { user: userId = null, client: clientId = null, account = null, model = null } = filter;
    const { use } = await this.#api.query(UseQuery, { from, to, by, step, filter: { userId, clientId, account, model } });
    // Over no time and no group there is one row, also of nothing.
    return use.rows.filter(({ prompts }) => prompts > NOTHING.prompts);
  }

  /** A name that does not come is shown as its id. */
  async #name({ user, client }: UseFilter): Promise<void> {
    for (const id of [user, client]) {
      if (id === undefined || id in this.store.getState().names) continue;
      try {
        const found = (await this.#api.query(UserNameQuery, { id })).user;
        if (found) this.store.setState(({ names }) => ({ names: { ...names, [id]: found.name } }));
      } catch (thrown) {
        failureFromThrown(thrown);
      }
    }
  }
}
