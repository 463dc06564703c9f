import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { Failure } from "@/graphql/failure";

import { SignInForm } from "./SignInForm";

test("a key is trimmed and handed over", async () => {
  const signIn = vi.fn(() => Promise.resolve(null));
  render(<SignInForm signIn={signIn} arrival={null} />);
  await userEvent.type(screen.getByLabelText("Key"), " cas_abc {Enter}");
  expect(signIn).toHaveBeenCalledExactlyOnceWith({ key: "cas_abc" });
});

test("a wrong key is told beside the field, which has the focus", async () => {
  const signIn = () => Promise.resolve(new Failure("not_authenticated"));
  render(<SignInForm signIn={signIn} arrival={null} />);
  await userEvent.type(screen.getByLabelText("Key"), "cas_abc{Enter}");
  const field = screen.getByLabelText("Key");
  expect(field).toHaveAccessibleDescription(/not known here/);
  expect(field).toBeInvalid();
  expect(field).toHaveFocus();
});

test("a one-time link that is pasted in place of a key is handed over as one, and told of as one", async () => {
  const signIn = vi.fn(() => Promise.resolve(new Failure("not_authenticated")));
  render(<SignInForm signIn={signIn} arrival={null} />);
  await userEvent.click(screen.getByLabelText("Key"));
  await userEvent.paste("http://127.0.0.1:8000/sign-in#link=cas_abc");
  await userEvent.keyboard("{Enter}");
  expect(signIn).toHaveBeenCalledExactlyOnceWith({ link: "cas_abc" });
  expect(screen.getByLabelText("Key")).toHaveAccessibleDescription(/one browser, once/);
});

test("a key can be looked at", async () => {
  render(<SignInForm signIn={() => Promise.resolve(null)} arrival={null} />);
  const field = screen.getByLabelText("Key");
  expect(field).toHaveAttribute("type", "password");
  await userEvent.click(screen.getByRole("button", { name: "Show key" }));
  expect(field).toHaveAttribute("type", "text");
});

test("a used link says what a link is", () => {
  render(<SignInForm signIn={() => Promise.resolve(null)} arrival={{ failure: new Failure("not_authenticated"), by: "link" }} />);
  expect(screen.getByLabelText("Key")).toHaveAccessibleDescription(/one browser, once/);
});
