import { expect, test } from "vitest";

import type { Api } from "@/graphql/api";
import { Failure } from "@/graphql/failure";

import { aConversation as item } from "./a_conversation";
import { ConversationList } from "./conversation_list";

/** A server whose answer to the next mutation is given by hand. */
function held() {
  let answer: (data: unknown) => void = () => undefined;
  let refuse: (failure: Failure) => void = () => undefined;
  const mutate = () =>
    new Promise((resolve, reject) => {
      answer = resolve;
      refuse = reject;
    });
  const query = () => Promise.resolve({ tags: [{ tag: "sea", conversations: 1 }] });
  const list = new ConversationList({ mutate, query } as unknown as Api);
  const shown = () => list.store.getState().items.map(({ id, title, pinned }) => `${id}:${title}${pinned ? ":pinned" : ""}`);
  return { list, shown, answer: (data: unknown) => answer(data), refuse: (failure: Failure) => refuse(failure) };
}

test("a change is shown at once and is then as the server has it", async () => {
  const { list, shown, answer } = held();
  list.put(item("a", 1));
  const changing = list.change(item("a", 1), { title: "  Tides " });
  expect(shown()).toEqual(["a:  Tides "]);
  answer({ changeConversation: { conversation: item("a", 1, { title: "Tides" }) } });
  expect(await changing).toBeNull();
  expect(shown()).toEqual(["a:Tides"]);
});

test("a change that fails is taken back, and nothing else with it", async () => {
  const { list, shown, refuse } = held();
  list.put(item("a", 1));
  const changing = list.change(item("a", 1), { pinned: true });
  expect(shown()).toEqual(["a:a:pinned"]);
  list.rename("a", "From the account");
  refuse(new Failure("unreachable"));
  expect((await changing)?.code).toBe("unreachable");
  expect(shown()).toEqual(["a:From the account"]);
});

test("what is archived leaves the list, and comes back to its place where that fails", async () => {
  const { list, shown, refuse } = held();
  for (const each of [item("a", 1), item("b", 2), item("c", 3)]) list.put(each);
  const changing = list.change(item("b", 2), { archived: true });
  expect(shown()).toEqual(["c:c", "a:a"]);
  refuse(new Failure("unreachable"));
  await changing;
  expect(shown()).toEqual(["c:c", "b:b", "a:a"]);
});

test("what is removed leaves the list at once, and stays away where it was gone already", async () => {
  const { list, shown, refuse } = held();
  list.put(item("a", 1));
  const removing = list.remove(item("a", 1));
  expect(shown()).toEqual([]);
  refuse(new Failure("not_found"));
  expect(await removing).toBeNull();
  expect(shown()).toEqual([]);
});

test("a removal that fails brings it back and says why", async () => {
  const { list, shown, refuse } = held();
  list.put(item("a", 1));
  const removing = list.remove(item("a", 1));
  refuse(new Failure("unreachable"));
  expect((await removing)?.code).toBe("unreachable");
  expect(shown()).toEqual(["a:a"]);
});

test("a conversation that begins is not put among the archived ones", () => {
  const { list, shown } = held();
  list.store.setState({ view: { kind: "archived" } });
  list.put(item("a", 1));
  expect(shown()).toEqual([]);
});
