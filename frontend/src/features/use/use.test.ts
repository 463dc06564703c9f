import { expect, test } from "vitest";

import type { Api } from "@/graphql/api";
import { Failure } from "@/graphql/failure";
import type { UseQueryVariables } from "@/graphql/generated/graphql";

import { spanOf } from "./span";
import { NOTHING } from "./totals";
import { type Question, Use } from "./use";

const span = (() => {
  const found = spanOf("7d", null, Date.UTC(2030, 0, 7), 0);
  if (found === null) throw new Error("no span");
  return found;
})();
const question: Question = { span, by: "model", filter: { account: "a" }, measure: "prompts" };

/** Answers as the server does; what it is asked for is kept. */
function serving(answer: (asked: UseQueryVariables) => unknown[]): { use: Use; asked: UseQueryVariables[] } {
  const asked: UseQueryVariables[] = [];
  const api = {
    query: (_: unknown, variables: UseQueryVariables) => {
      asked.push(variables);
      return Promise.resolve().then(() => ({ use: { rows: answer(variables) } }));
    },
  };
  return { use: new Use(api as unknown as Api), asked };
}
const row = (model: string | null, prompts: number, start: string | null = null) => ({ ...NOTHING, prompts, start, model, user: null, client: null, account: null });
const MONDAY = "2030-01-03T00:00:00Z";

test("a report is asked for once, by time and group, with what passes", async () => {
  const { use, asked } = serving(() => [row("m", 2, MONDAY)]);
  await use.show(question);
  await use.show({ ...question, measure: "failed" });
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatchObject({ from: span.from, to: span.to, step: "DAY", by: ["TIME", "MODEL"], filter: { userId: null, account: "a" } });
  expect(use.store.getState()).toMatchObject({ status: "ready", report: { total: { prompts: 2 } } });
});

test("where the groups by time are too many, the leading ones are asked for one by one", async () => {
  const { use, asked } = serving(({ by, filter }) => {
    if (by.length === 2) throw new Failure("report_too_large");
    if (by[0] === "MODEL") return [...Array.from({ length: 20 }, (_, n) => row(`m${n}`, 100 - n)), row(null, 500)];
    return [row(null, filter.model === null ? 2500 : 50, MONDAY)];
  });
  await use.show(question);
  expect(asked.slice(3).map(({ filter }) => filter.model)).toEqual(["m0", "m1", "m2", "m3", "m4", "m5"]);
  expect(use.store.getState().report?.groups).toHaveLength(21);
  // Another measure has other groups in front.
  const before = asked.length;
  await use.show({ ...question, measure: "failed" });
  expect(asked.length).toBeGreaterThan(before);
});

test("what fails says why, and is asked for again", async () => {
  let well = false;
  const { use } = serving(() => {
    if (!well) throw new Failure("unreachable");
    return [];
  });
  await use.show(question);
  expect(use.store.getState()).toMatchObject({ status: "failed", failure: { code: "unreachable" }, report: null });
  well = true;
  use.retry();
  await expect.poll(() => use.store.getState().status).toBe("ready");
});

test("of several answers that of the last question counts", async () => {
  const { use } = serving(({ filter }) => [row("m", filter.account === "a" ? 1 : 2, MONDAY)]);
  await Promise.all([use.show(question), use.show({ ...question, filter: {} })]);
  expect(use.store.getState().report?.total.prompts).toBe(2);
});
