import { expect, test } from "vitest";

import { TURN } from "./a_turn";
import type { Turn } from "./live_reply";
import { begun, LOADING, placeAmongVersions, type Transcript, withContinuation, withEarlier, withNext, withPath, withTurn } from "./transcript";

const id = (position: number) => `t${position}`;

/** A path: each turn follows the one before it here, the first one what `behind` says. */
function path(positions: readonly number[], behind: number | null = null): Turn[] {
  return positions.map((position, index) => {
    const before = index === 0 ? behind : (positions[index - 1] ?? null);
    return { ...TURN, id: id(position), position, followsTurnId: before === null ? null : id(before), versions: [{ id: id(position) }] };
  });
}

function loaded(turns: readonly Turn[], startCursor: string | null) {
  return {
    id: "c1",
    title: "Title",
    updatedAt: "2026-11-22T10:00:00Z",
    viewerCanFollowUp: true,
    viewerCanContinueElsewhere: true,
    continues: null,
    continuedBy: [],
    turns: { edges: turns.map((node) => ({ node })), pageInfo: { hasPreviousPage: startCursor !== null, startCursor } },
  };
}

const shown = (transcript: Transcript | null) => transcript?.turns.map(({ position }) => position);
const newest = (turns: readonly Turn[], startCursor: string | null, known = LOADING) => withPath(known, loaded(turns, startCursor), null);

test("the newest turns come first, earlier ones are put before them", () => {
  const end = newest(path([3, 4], 2), "three");
  expect(end.before).toBe("three");
  const whole = withEarlier(end, loaded(path([1, 2]), null));
  expect(shown(whole)).toEqual([1, 2, 3, 4]);
  expect(whole.before).toBeNull();
});

test("how many messages were sent along is told with the newest turns, and stays", () => {
  const conversation = { ...loaded(path([3, 4], 2), "three"), preamble: [{ role: "USER" as const }, { role: "ASSISTANT" as const }] };
  const end = withPath(LOADING, conversation, null);
  expect(end.sentAlong).toBe(2);
  expect(withEarlier(end, loaded(path([1, 2]), null)).sentAlong).toBe(2);
});

test("looking again keeps the earlier turns", () => {
  const whole = withEarlier(newest(path([3, 4], 2), "three"), loaded(path([1, 2]), null));
  const again = newest(path([4, 5], 3), "four", whole);
  expect(shown(again)).toEqual([1, 2, 3, 4, 5]);
  expect(again.before).toBeNull();
});

test("turns that adjoin the known ones go on behind them, whatever their positions", () => {
  expect(shown(newest(path([7, 9], 2), "seven", newest(path([1, 2]), null)))).toEqual([1, 2, 7, 9]);
});

test("a gap is never shown as if it were none", () => {
  const again = newest(path([40, 41], 39), "forty", newest(path([1, 2]), null));
  expect(shown(again)).toEqual([40, 41]);
  expect(again.before).toBe("forty");
});

test("another branch takes the place of what followed where it departs", () => {
  const line = newest(path([1, 2, 3, 4]), null);
  const branch = withPath(line, loaded(path([2, 5, 8], 1), "two"), id(5));
  expect(shown(branch)).toEqual([1, 2, 5, 8]);
  expect(branch.through).toBe(id(5));
  expect(shown(withPath(branch, loaded(path([2, 3, 4], 1), "two"), id(3)))).toEqual([1, 2, 3, 4]);
});

test("another first turn starts the path over", () => {
  expect(shown(newest(path([3, 4]), null, newest(path([1, 2]), null)))).toEqual([3, 4]);
});

test("earlier turns of another path are not put before this one", () => {
  const branch = newest(path([5, 6], 2), "five");
  const late = withEarlier(branch, loaded(path([3, 4]), null));
  expect(shown(late)).toEqual([5, 6]);
  expect(late.before).toBe("five");
});

test("a new turn goes on behind the one that it follows, and leaves the path that was asked for", () => {
  const line = withPath(LOADING, loaded(path([1, 2, 3]), null), id(3));
  const [next] = path([4], 3);
  const [version] = path([5], 1);
  const [first] = path([6]);
  if (!next || !version || !first) throw new Error("no turns");
  expect(shown(withNext(line, next))).toEqual([1, 2, 3, 4]);
  expect(withNext(line, next)?.through).toBeNull();
  expect(shown(withNext(line, version))).toEqual([1, 5]);
  expect(shown(withNext(line, first))).toEqual([6]);
});

test("a version of the first turn of a page stays behind what is above the page", () => {
  const end = newest(path([3, 4], 2), "three");
  const [version] = path([5], 2);
  const next = version ? withNext(end, version) : null;
  expect(shown(next)).toEqual([5]);
  expect(next?.before).toBe("three");
  expect(shown(next ? withEarlier(next, loaded(path([1, 2]), null)) : null)).toEqual([1, 2, 5]);
});

test("a turn that follows one that is not known is not put anywhere", () => {
  const [strange] = path([9], 8);
  const [first] = path([9]);
  if (!strange || !first) throw new Error("no turns");
  expect(withNext(newest(path([1, 2]), null), strange)).toBeNull();
  expect(withNext(newest(path([3, 4], 2), "three"), first)).toBeNull();
});

test("a reply that ends on another branch is not shown on this one", () => {
  const line = newest(path([1, 2]), null);
  expect(shown(withTurn(line, { ...TURN, id: id(3), position: 3 }))).toEqual([1, 2]);
  expect(withTurn(line, { ...TURN, id: id(2), position: 2, state: "FINISHED" }).turns[1]?.state).toBe("FINISHED");
});

test("a conversation that just began has its first turn", () => {
  expect(begun({ id: "c1", title: "Title", updatedAt: "" }, TURN).turns).toEqual([TURN]);
});

test("a continuation is listed once, and earlier turns do not hide it", () => {
  const by = { id: "c2", title: "Title", updatedAt: "2026-11-22T10:00:00Z" };
  const whole = withContinuation(withContinuation(newest(path([3], 2), "three"), by), by);
  expect(withEarlier(whole, loaded(path([1, 2]), null)).continuedBy).toEqual([by]);
});

test("a turn has a place among its versions once it was asked again", () => {
  const versions = [1, 5, 9].map((position) => ({ id: id(position) }));
  expect(placeAmongVersions(TURN)).toBeNull();
  expect(placeAmongVersions({ id: id(1), versions })).toEqual({ number: 1, count: 3, previous: null, next: id(5) });
  expect(placeAmongVersions({ id: id(9), versions })).toEqual({ number: 3, count: 3, previous: id(5), next: null });
});

test("a conversation goes on where its reader may go on with it, another's not at all", () => {
  const goesOn = (viewerCanFollowUp: boolean, viewerCanContinueElsewhere: boolean) =>
    withPath(LOADING, { ...loaded(path([1]), null), viewerCanFollowUp, viewerCanContinueElsewhere }, null).goesOn;
  expect([goesOn(true, true), goesOn(false, true), goesOn(false, false)]).toEqual(["here", "elsewhere", "not"]);
});
