import { expect, test } from "vitest";

import { FIRST_VIEW, queryOf, type View, viewFrom, within, without } from "./view";

const ADMIN = { viewerCanSeeUsers: true, viewerCanSeeAccounts: true };
const USER = { viewerCanSeeUsers: false, viewerCanSeeAccounts: false };
const throughAddress = (view: View, sight = ADMIN) => viewFrom(new URLSearchParams(queryOf(view)).toString(), sight);

test("all that is shown stands in the address, and the first view has none", () => {
  expect(queryOf(FIRST_VIEW)).toEqual({});
  expect(viewFrom("", ADMIN)).toEqual(FIRST_VIEW);
  const view: View = {
    range: "own",
    days: { first: "2030-01-01", last: "2030-01-31" },
    by: "account",
    measure: "tokens",
    filter: { user: "u1", model: "a & b = c" },
    sort: { column: "seconds", descending: true },
  };
  expect(throughAddress(view)).toEqual(view);
});

test("no name in the address is that of a key that arrives with it", () => {
  expect(Object.keys(queryOf({ ...FIRST_VIEW, filter: { user: "u", client: "c", account: "a", model: "m" } }))).toEqual(["userId", "clientId", "account", "model"]);
});

test("what an address does not say well is as if it were not there", () => {
  expect(viewFrom("?range=ever&by=day&measure=money&sort=-nothing&userId=", ADMIN)).toEqual(FIRST_VIEW);
});

test("one group is shown alone in its whole, and the way back leads to the groups", () => {
  const view: View = { ...FIRST_VIEW, by: "user", filter: { model: "m" }, sort: { column: "name", descending: false } };
  const alone = within(view, "user", "u1");
  expect(alone).toMatchObject({ by: "total", filter: { user: "u1", model: "m" }, sort: null });
  expect(without(alone, "user")).toEqual({ ...view, sort: null });
});

test("whoever may not see users and accounts groups and filters by neither", () => {
  for (const by of ["user", "client", "account"] as const) {
    const view = throughAddress({ ...FIRST_VIEW, by, filter: { user: "u", client: "c", account: "a", model: "m" } }, USER);
    expect(view).toMatchObject({ by: "total", filter: { model: "m" } });
    expect(Object.keys(view.filter)).toEqual(["model"]);
  }
});
