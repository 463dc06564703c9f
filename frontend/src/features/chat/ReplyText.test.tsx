import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";

import { TURN } from "./a_turn";
import type { Chat } from "./chat";
import { ReplyText } from "./ReplyText";
import { ReplyViewMenu } from "./ReplyViewMenu";

beforeEach(() => localStorage.clear());

const message = { id: "m1", author: { role: "assistant" }, content: { content_type: "text", parts: ["**Hello**"] } };
const chat = { message: () => Promise.resolve({ id: "c1", title: "Hi", message }) } as unknown as Chat;

const page = (
  <>
    <ReplyViewMenu />
    <ReplyText chat={chat} turn={{ ...TURN, state: "FINISHED" }} text="**Hello**" growing={false} />
  </>
);

async function choose(name: RegExp) {
  await userEvent.click(screen.getByRole("button", { name: /^Replies shown as/ }));
  await userEvent.click(await screen.findByRole("menuitemradio", { name }));
}

test("a reply is rich text, plain text or JSON, and the choice is kept in this browser", async () => {
  const { unmount } = render(page);
  expect(await screen.findByText("Hello", { selector: "strong" })).toBeInTheDocument();
  await choose(/^Plain text/);
  expect(screen.getByText("**Hello**")).toBeInTheDocument();
  await choose(/^JSON/);
  const shown = () => JSON.parse(screen.getByRole("group", { name: "json" }).textContent) as unknown;
  await waitFor(() => expect(shown()).toMatchObject({ conversation_id: "c1", conversation_title: "Hi", message, prompt: "Hello" }));
  expect(Object.keys(shown() as object).filter((name) => name.startsWith("viewerCan"))).toEqual([]);
  unmount();
  render(page);
  expect(screen.getByRole("button", { name: "Replies shown as JSON" })).toBeInTheDocument();
});

test("a choice that this version does not know is rich text", () => {
  localStorage.setItem("reply-view", "hologram");
  render(page);
  expect(screen.getByRole("button", { name: "Replies shown as Rich text" })).toBeInTheDocument();
});
