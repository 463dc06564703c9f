import { expect, test } from "vitest";

import { TURN } from "./a_turn";
import { afterEvent, liveReplyOf, type ReplyEvent, shownText } from "./live_reply";

const all = (events: ReplyEvent[], turn = TURN) => events.reduce(afterEvent, liveReplyOf(turn));

test("text grows by the events and is followed from the last number", () => {
  const reply = all([
    { __typename: "ReplyWaiting", number: 0, place: 2 },
    { __typename: "ReplyStarted", number: 1 },
    { __typename: "ReplyTextAdded", number: 4, text: "One" },
    { __typename: "ReplyTextAdded", number: 8, text: " two" },
  ]);
  expect(shownText(reply)).toBe("One two");
  expect(reply.phase).toBe("writing");
  expect(reply.lastNumber).toBe(8);
});

test("an event that comes again after a break changes nothing", () => {
  const event: ReplyEvent = { __typename: "ReplyTextAdded", number: 4, text: "One" };
  expect(shownText(all([event, event]))).toBe("One");
});

test("what the record held is shown until the events have caught up", () => {
  const half = { ...TURN, state: "WRITING" as const, reply: "One two" };
  expect(shownText(all([], half))).toBe("One two");
  expect(shownText(all([{ __typename: "ReplyTextAdded", number: 4, text: "One" }], half))).toBe("One two");
  expect(shownText(all([{ __typename: "ReplyTextAdded", number: 14, text: "One two three" }], half))).toBe("One two three");
});

test("text that the upstream took back is gone, also where the record still has it", () => {
  const half = { ...TURN, state: "WRITING" as const, reply: "A long wrong answer" };
  const reply = all([{ __typename: "ReplyTextReplaced", number: 30, text: "Right" }], half);
  expect(shownText(reply)).toBe("Right");
});

test("a place in the queue may change without a number", () => {
  const reply = all([
    { __typename: "ReplyWaiting", number: 0, place: 2 },
    { __typename: "ReplyWaiting", number: 0, place: 1 },
  ]);
  expect(reply.place).toBe(1);
});
