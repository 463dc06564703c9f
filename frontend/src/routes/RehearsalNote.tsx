import { X } from "lucide-react";
import { useState } from "react";

import { useMessages } from "@/messages/messages";
import { IconButton } from "@/ui/Button";

import styles from "./ChatPage.module.css";

const HIDDEN = "rehearsal-note-hidden";

/** Says that no model answers, and what to do about it.  Hidden for the rest of the tab's life once it was read. */
export function RehearsalNote() {
  const messages = useMessages();
  const words = messages.rehearsal;
  const [hidden, setHidden] = useState(() => sessionStorage.getItem(HIDDEN) !== null);
  if (hidden) return null;
  return (
    <aside className={styles.note} aria-label={words.label}>
      <p className={styles.noteText}>
        <strong>{words.label}.</strong> {words.text} <code>{words.accounts}</code> {words.inFile}{" "}
        <code>{words.file}</code> {words.after}
      </p>
      <IconButton
        label={words.hide}
        onClick={() => {
          sessionStorage.setItem(HIDDEN, "yes");
          setHidden(true);
        }}
      >
        <X size={16} aria-hidden="true" />
      </IconButton>
    </aside>
  );
}
