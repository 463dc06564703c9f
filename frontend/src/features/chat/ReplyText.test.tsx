import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";

import { TURN } from "./a_turn";
import { ReplyText } from "./ReplyText";
import { ReplyViewMenu } from "./ReplyViewMenu";

beforeEach(() => localStorage.clear());

const page = (
  <>
    <ReplyViewMenu />
    <ReplyText turn={TURN} text="**Hello**" growing={false} />
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
  const shown = screen.getByRole("group", { name: "json" }).textContent;
  expect(JSON.parse(shown)).toEqual({ ...TURN, reply: "**Hello**" });
  unmount();
  render(page);
  expect(screen.getByRole("button", { name: "Replies shown as JSON" })).toBeInTheDocument();
});

test("a choice that this version does not know is rich text", () => {
  localStorage.setItem("reply-view", "hologram");
  render(page);
  expect(screen.getByRole("button", { name: "Replies shown as Rich text" })).toBeInTheDocument();
});
