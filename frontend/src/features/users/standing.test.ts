import { expect, test } from "vitest";

import { filterOf, isFiltered, NO_FILTER, planOf, standingOf } from "./standing";

test("a user is blocked by a disabled client, and its own state comes first", () => {
  const user = { mayCall: true, disabledAt: null, removedAt: null };
  expect(standingOf(user)).toBe("active");
  expect(standingOf({ ...user, mayCall: false })).toBe("blocked");
  expect(standingOf({ ...user, mayCall: false, disabledAt: "2026-11-24T10:00:00Z" })).toBe("disabled");
});

test("Plus that its client does not have is withheld", () => {
  expect(planOf({ plus: true, mayUsePlus: false })).toBe("withheld");
  expect(planOf({ plus: false, mayUsePlus: false })).toBe("free");
});

test("only what filters is sent", () => {
  expect(filterOf({ ...NO_FILTER, text: "  " })).toEqual({});
  expect(isFiltered({ ...NO_FILTER, text: "  " })).toBe(false);
  expect(isFiltered({ ...NO_FILTER, owner: { id: "u1", name: "Bot" } })).toBe(true);
  expect(filterOf({ text: " an ", role: "USER", standing: "enabled", owner: { id: "u1", name: "Bot" } })).toEqual({
    text: "an",
    role: "USER",
    disabled: false,
    ownerId: "u1",
  });
});
