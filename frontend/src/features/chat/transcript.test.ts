import { expect, test } from "vitest";

import { TURN } from "./a_turn";
import { begun, LOADING, withContinuation, withEarlier, withNewest } from "./transcript";

const turns = (...positions: number[]) => positions.map((position) => ({ ...TURN, id: `t${position}`, position }));

function loaded(positions: number[], startCursor: string | null) {
  return {
    id: "c1",
    title: "Title",
    updatedAt: "2026-11-22T10:00:00Z",
    importedFrom: null,
    continues: null,
    continuedBy: [],
    turns: {
      edges: turns(...positions).map((node) => ({ node })),
      pageInfo: { hasPreviousPage: startCursor !== null, startCursor },
    },
  };
}

test("the newest turns come first, earlier ones are put before them", () => {
  const newest = withNewest(LOADING, loaded([3, 4], "three"));
  expect(newest.before).toBe("three");
  const whole = withEarlier(newest, loaded([1, 2], null));
  expect(whole.turns.map((turn) => turn.position)).toEqual([1, 2, 3, 4]);
  expect(whole.before).toBeNull();
});

test("looking again keeps the earlier turns", () => {
  const whole = withEarlier(withNewest(LOADING, loaded([3, 4], "three")), loaded([1, 2], null));
  const again = withNewest(whole, loaded([4, 5], "four"));
  expect(again.turns.map((turn) => turn.position)).toEqual([1, 2, 3, 4, 5]);
  expect(again.before).toBeNull();
});

test("a gap is never shown as if it were none", () => {
  const again = withNewest(withNewest(LOADING, loaded([1, 2], null)), loaded([40, 41], "forty"));
  expect(again.turns.map((turn) => turn.position)).toEqual([40, 41]);
  expect(again.before).toBe("forty");
});

test("a conversation that just began has its first turn", () => {
  expect(begun({ id: "c1", title: "Title", updatedAt: "" }, TURN).turns).toEqual([TURN]);
});

test("a continuation is listed once, and earlier turns do not hide it", () => {
  const by = { id: "c2", title: "Title", updatedAt: "2026-11-22T10:00:00Z" };
  const whole = withContinuation(withContinuation(withNewest(LOADING, loaded([3], "three")), by), by);
  expect(withEarlier(whole, loaded([1, 2], null)).continuedBy).toEqual([by]);
});

test("a conversation from a file goes on elsewhere, one of the old server's may have its account", () => {
  const from = (importedFrom: "CHATGPT" | "LEGACY" | null) => withNewest(LOADING, { ...loaded([1], null), importedFrom }).imported;
  expect([from("CHATGPT"), from("LEGACY"), from(null)]).toEqual([true, false, false]);
});
