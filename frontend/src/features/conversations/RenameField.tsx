import { useRef, useState } from "react";

import { useMessages } from "@/messages/messages";

import styles from "./ConversationRow.module.css";
import type { Listed } from "./list_view";

const LONGEST_TITLE = 200;

interface RenameFieldProps {
  item: Listed;
  /** With null where the title stays; `byKey` where the keyboard is still here. */
  onDone: (title: string | null, byKey: boolean) => void;
}

/** The title in its place: Enter or leaving keeps it, Escape does not. */
export function RenameField({ item, onDone }: RenameFieldProps) {
  const words = useMessages().conversations;
  const [title, setTitle] = useState(item.title);
  const over = useRef(false);

  function end(keep: boolean, byKey: boolean) {
    // Taking the field away also blurs it.
    if (over.current) return;
    over.current = true;
    const typed = title.trim();
    onDone(keep && typed !== "" && typed !== item.title ? typed : null, byKey);
  }

  return (
    <input
      id={`rename-${item.id}`}
      className={styles.rename}
      dir="auto"
      value={title}
      maxLength={LONGEST_TITLE}
      aria-label={words.newTitle(item.title || words.untitled)}
      onChange={(event) => setTitle(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={() => end(true, false)}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing || (event.key !== "Enter" && event.key !== "Escape")) return;
        event.preventDefault();
        event.stopPropagation();
        end(event.key === "Enter", true);
      }}
    />
  );
}
