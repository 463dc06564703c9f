import { useEffect, useRef } from "react";

/** What the keyboard can do.  The help, the command palette and the listener read this one table. */
export interface Shortcut {
  /** Also its word in `messages.commands`. */
  name: string;
  /** As of `KeyboardEvent.key`, one letter in lower case. */
  key: string;
  /** Ctrl, or Command on a Mac. */
  mod?: true;
  shift?: true;
  alt?: true;
}

export const SHORTCUTS = [
  { name: "palette", key: "k", mod: true },
  { name: "help", key: "?" },
  { name: "newChat", key: "o", mod: true, shift: true },
  { name: "prompt", key: "Escape", shift: true },
  { name: "search", key: "/" },
  { name: "nextConversation", key: "ArrowDown", alt: true },
  { name: "previousConversation", key: "ArrowUp", alt: true },
  { name: "stop", key: "Escape" },
  { name: "copyReply", key: "c", mod: true, shift: true },
  { name: "toggleSidebar", key: "s", mod: true, shift: true },
] as const satisfies readonly Shortcut[];

export type CommandName = (typeof SHORTCUTS)[number]["name"];

const doers = new Map<CommandName, () => void>();

/** What can be done now. */
export function commandsHere(): CommandName[] {
  return SHORTCUTS.map(({ name }) => name).filter((name) => doers.has(name));
}

export function perform(name: CommandName): void {
  doers.get(name)?.();
}

/** While this component is shown, `act` is what the command does; null while it can do nothing. */
export function useCommand(name: CommandName, act: (() => void) | null): void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  const possible = act !== null;
  useEffect(() => {
    if (!possible) return;
    const doer = () => latest.current?.();
    doers.set(name, doer);
    return () => {
      if (doers.get(name) === doer) doers.delete(name);
    };
  }, [name, possible]);
}

export const isApple = () => /Mac|iPhone|iPad/.test(navigator.userAgent);

/** The shortcut that a pressed key is.  One that types a character is none in a field, nor where such are turned off. */
export function shortcutOf(event: KeyboardEvent, singleKeys: boolean): Shortcut | null {
  const mod = isApple() ? event.metaKey : event.ctrlKey;
  const other = isApple() ? event.ctrlKey : event.metaKey;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const found = SHORTCUTS.find((shortcut: Shortcut) => {
    const typed = shortcut.key.length === 1 && shortcut.mod !== true;
    if (typed && (!singleKeys || isField(event.target))) return false;
    // A sign such as ? needs Shift on some keyboards and not on others.
    const shift = typed || (shortcut.shift ?? false) === event.shiftKey;
    return shortcut.key === key && shift && (shortcut.mod ?? false) === mod && (shortcut.alt ?? false) === event.altKey;
  });
  return other || event.isComposing ? null : (found ?? null);
}

function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), textarea, select");
}

/** Listens for every shortcut of what can be done now. */
export function useShortcuts(singleKeys: boolean): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const shortcut = shortcutOf(event, singleKeys);
      const name = commandsHere().find((each) => each === shortcut?.name);
      // A dialog or a menu over the page has the keyboard to itself.
      if (name === undefined || document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]')) return;
      event.preventDefault();
      perform(name);
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [singleKeys]);
}
