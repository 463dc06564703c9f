import { expect, test } from "vitest";

import { aConversation as item } from "./a_conversation";
import { belongs, type Listed, merged, sameView, withHead } from "./list_view";

const ids = (items: Listed[]) => items.map((each) => each.id);

test("a conversation that goes on moves to the top and is there once", () => {
  expect(ids(merged([item("b", 2), item("a", 1)], [item("a", 3)]))).toEqual(["a", "b"]);
});

test("what was removed elsewhere leaves the head of the list, what lies behind it stays", () => {
  const known = [item("d", 4), item("c", 3), item("b", 2), item("a", 1)];
  expect(ids(withHead(known, [item("d", 4), item("b", 2)], false))).toEqual(["d", "b", "a"]);
});

test("a head that is all there is leaves nothing behind it", () => {
  expect(ids(withHead([item("b", 2), item("a", 1)], [item("b", 2)], true))).toEqual(["b"]);
});

test("a pinned conversation is there however old it is, and one that was unpinned elsewhere goes back among the others", () => {
  const old = item("a", 1, { pinned: true });
  const whole = withHead([item("c", 3), item("b", 2, { pinned: true })], [item("c", 3)], false, [old]);
  expect(whole).toEqual([item("c", 3), item("b", 2), old]);
});

test("removed conversations are in the order of their removal", () => {
  const late = item("a", 1, { removedAt: "2026-11-22T11:30:00Z" });
  const early = item("b", 2, { removedAt: "2026-11-22T11:10:00Z" });
  expect(ids(merged([], [early, late]))).toEqual(["a", "b"]);
});

test("each view has what the server would list in it", () => {
  const archived = item("a", 1, { archived: true, tags: ["Sea"] });
  expect(belongs(archived, { kind: "all" })).toBe(false);
  expect(belongs(archived, { kind: "archived" })).toBe(true);
  expect(belongs(archived, { kind: "tag", tag: "sea" })).toBe(true);
  expect(belongs({ ...archived, removedAt: "2026-11-22T11:10:00Z" }, { kind: "tag", tag: "sea" })).toBe(false);
  expect(sameView({ kind: "tag", tag: "Sea" }, { kind: "tag", tag: "sea" })).toBe(true);
  expect(sameView({ kind: "tag", tag: "Sea" }, { kind: "all" })).toBe(false);
});
