import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createRef, useState } from "react";
import { expect, test, vi } from "vitest";

import { Composer } from "./Composer";

function Form({ onSend, onStop = null }: { onSend: (text: string) => void; onStop?: (() => void) | null }) {
  const [text, setText] = useState("");
  return (
    <Composer
      text={text}
      onText={setText}
      onSend={() => onSend(text)}
      onStop={onStop}
      busy={false}
      placeholder=""
      field={createRef()}
    />
  );
}

test("Enter sends, Shift+Enter begins a line", async () => {
  const onSend = vi.fn();
  render(<Form onSend={onSend} />);
  await userEvent.type(screen.getByRole("textbox", { name: "Prompt" }), "One{Shift>}{Enter}{/Shift}two{Enter}");
  expect(onSend).toHaveBeenCalledExactlyOnceWith("One\ntwo");
});

test("blanks alone are not sent", async () => {
  const onSend = vi.fn();
  render(<Form onSend={onSend} />);
  await userEvent.type(screen.getByRole("textbox"), "  {Enter}");
  expect(onSend).not.toHaveBeenCalled();
  expect(screen.getByRole("button", { name: "Send" })).toBeDisabled();
});

test("while a reply is written it can be stopped, and nothing else is sent", async () => {
  const onSend = vi.fn();
  const onStop = vi.fn();
  render(<Form onSend={onSend} onStop={onStop} />);
  await userEvent.type(screen.getByRole("textbox"), "Hello{Enter}");
  await userEvent.click(screen.getByRole("button", { name: "Stop the reply" }));
  expect(onStop).toHaveBeenCalledOnce();
  expect(onSend).not.toHaveBeenCalled();
});

test("Enter that confirms a word in an input method sends nothing", async () => {
  const onSend = vi.fn();
  render(<Form onSend={onSend} />);
  const field = screen.getByRole("textbox", { name: "Prompt" });
  await userEvent.type(field, "にほん");
  fireEvent.keyDown(field, { key: "Enter", isComposing: true });
  // Safari ends the composition before it tells of the key.
  fireEvent.keyDown(field, { key: "Enter", keyCode: 229 });
  expect(onSend).not.toHaveBeenCalled();
  fireEvent.keyDown(field, { key: "Enter" });
  expect(onSend).toHaveBeenCalledExactlyOnceWith("にほん");
});

test("the field grows and shrinks with its text", () => {
  const height = vi.spyOn(HTMLTextAreaElement.prototype, "scrollHeight", "get");
  height.mockReturnValue(24);
  render(<Form onSend={vi.fn()} />);
  const field = screen.getByRole("textbox", { name: "Prompt" });
  expect(field).toHaveStyle({ height: "24px" });
  height.mockReturnValue(72);
  fireEvent.change(field, { target: { value: "one\ntwo\nthree" } });
  expect(field).toHaveStyle({ height: "72px" });
  height.mockReturnValue(24);
  fireEvent.change(field, { target: { value: "" } });
  expect(field).toHaveStyle({ height: "24px" });
  height.mockRestore();
});
