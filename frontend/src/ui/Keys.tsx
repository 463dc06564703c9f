import { isApple, type Shortcut } from "@/browser/commands";

import styles from "./Keys.module.css";

const SIGNS: Record<string, string> = { ArrowDown: "↓", ArrowUp: "↑", Escape: "Esc" };

/** The keys of a shortcut, as they are called on this machine. */
export function Keys({ shortcut, names }: { shortcut: Shortcut; names: { ctrl: string; shift: string; alt: string } }) {
  const { key, mod, shift, alt } = shortcut;
  const held = [mod ? (isApple() ? "⌘" : names.ctrl) : "", alt ? (isApple() ? "⌥" : names.alt) : "", shift ? (isApple() ? "⇧" : names.shift) : ""];
  const all = [...held.filter(Boolean), SIGNS[key] ?? key.toUpperCase()];
  return (
    <span className={styles.keys}>
      {all.map((each) => (
        <kbd key={each} className={styles.key}>
          {each}
        </kbd>
      ))}
    </span>
  );
}
