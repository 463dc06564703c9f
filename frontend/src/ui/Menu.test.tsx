import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { Menu, MenuItem } from "./Menu";

const shown = (onSelect = vi.fn()) => {
  render(
    <Menu trigger={<button type="button">Do</button>}>
      <MenuItem onSelect={onSelect}>First</MenuItem>
      <MenuItem onSelect={() => undefined}>Second</MenuItem>
    </Menu>,
  );
  return onSelect;
};

const button = () => screen.getByRole("button", { name: "Do" });

test("a key that opens a menu before its code is there opens it on the first item, and closes it on the button", async () => {
  shown();
  expect(button()).toHaveAttribute("aria-haspopup", "menu");
  await userEvent.tab();
  await userEvent.keyboard("{Enter}");
  expect(await screen.findByRole("menuitem", { name: "First" })).toHaveFocus();
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByRole("menu")).not.toBeInTheDocument();
  expect(button()).toHaveFocus();
});

test("a press opens it the same way, and what is chosen is done once", async () => {
  const onSelect = shown();
  await userEvent.click(button());
  await userEvent.click(await screen.findByRole("menuitem", { name: "First" }));
  expect(onSelect).toHaveBeenCalledOnce();
  await userEvent.click(button());
  expect(screen.getByRole("menuitem", { name: "Second" })).toBeInTheDocument();
});

test("the other button of a pointer opens nothing", async () => {
  shown();
  await userEvent.pointer({ keys: "[MouseRight]", target: button() });
  expect(button()).toHaveAttribute("aria-expanded", "false");
});
