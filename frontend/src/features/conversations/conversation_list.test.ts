import { expect, test } from "vitest";

import { type Listed, merged, withHead } from "./conversation_list";

const item = (id: string, minute: number, title = id): Listed => ({
  id,
  title,
  updatedAt: `2026-11-22T10:${String(minute).padStart(2, "0")}:00Z`,
});
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
