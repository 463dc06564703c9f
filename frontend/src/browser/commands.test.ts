import { renderHook } from "@testing-library/react";
import { expect, test, vi } from "vitest";

import { commandsHere, perform, type Shortcut, SHORTCUTS, shortcutOf, useCommand, useShortcuts } from "./commands";

const pressed = (key: string, rest: KeyboardEventInit = {}) => new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...rest });

function pressIn(element: HTMLElement, event: KeyboardEvent): KeyboardEvent {
  document.body.replaceChildren(element);
  element.dispatchEvent(event);
  return event;
}

test("no two commands have the same keys", () => {
  const all: readonly Shortcut[] = SHORTCUTS;
  const keys = all.map(({ key, mod, shift, alt }) => [key, mod, shift, alt].join());
  expect(new Set(keys).size).toBe(keys.length);
});

test("every shortcut of the table is found by its keys", () => {
  for (const { name, key, mod = false, shift = false, alt = false } of SHORTCUTS as readonly Shortcut[]) {
    const event = pressIn(document.createElement("div"), pressed(key, { ctrlKey: mod, shiftKey: shift, altKey: alt }));
    expect(shortcutOf(event, true)?.name).toBe(name);
  }
});

test("a key that types a character is none in a field, one with Ctrl is", () => {
  const field = document.createElement("textarea");
  expect(shortcutOf(pressIn(field, pressed("?", { shiftKey: true })), true)).toBeNull();
  expect(shortcutOf(pressIn(field, pressed("/")), true)).toBeNull();
  expect(shortcutOf(pressIn(field, pressed("k", { ctrlKey: true })), true)?.name).toBe("palette");
  expect(shortcutOf(pressIn(document.createElement("button"), pressed("?", { shiftKey: true })), true)?.name).toBe("help");
});

test("single keys can be turned off, and a word that is being composed is left alone", () => {
  const place = document.createElement("div");
  expect(shortcutOf(pressIn(place, pressed("?")), false)).toBeNull();
  expect(shortcutOf(pressIn(place, pressed("Escape", { isComposing: true })), true)).toBeNull();
  expect(shortcutOf(pressIn(place, pressed("k", { ctrlKey: true, metaKey: true })), true)).toBeNull();
});

test("only what can be done now is done, and not under a dialog", () => {
  const stop = vi.fn();
  renderHook(() => useShortcuts(true));
  const press = () => pressIn(document.createElement("div"), pressed("Escape")).defaultPrevented;
  expect(press()).toBe(false);
  const { unmount } = renderHook(() => useCommand("stop", stop));
  expect(commandsHere()).toEqual(["stop"]);
  expect(press()).toBe(true);
  const dialog = document.createElement("div");
  dialog.setAttribute("role", "dialog");
  expect(pressIn(dialog, pressed("Escape")).defaultPrevented).toBe(false);
  expect(stop).toHaveBeenCalledTimes(1);
  unmount();
  perform("stop");
  expect(commandsHere()).toEqual([]);
  expect(stop).toHaveBeenCalledTimes(1);
});
