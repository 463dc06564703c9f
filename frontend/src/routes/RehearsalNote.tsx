import { X } from "lucide-react";
import { useState } from "react";
import { Link } from "wouter";

import { useMessages } from "@/messages/messages";
import { IconButton } from "@/ui/Button";

import styles from "./ChatPage.module.css";

const HIDDEN = "rehearsal-note-hidden";

/** Says that no model answers, and where an account is added (`addUrl`; null for whoever may not).  Hidden for the rest of the tab's life once it was read. */
export function RehearsalNote({ addUrl }: { addUrl: string | null }) {
  const messages = useMessages();
  const words = messages.rehearsal;
  const [hidden, setHidden] = useState(() => sessionStorage.getItem(HIDDEN) !== null);
  if (hidden) return null;
  return (
    <aside className={styles.note} aria-label={words.label}>
      <p className={styles.noteText}>
        <strong>{words.label}.</strong> {addUrl === null ? words.scripted : <span className={styles.noteRest}>{words.scripted}</span>}{" "}
        <span className={styles.noteRest}>{words.noModel}</span>{" "}
        {addUrl === null ? null : (
          <>
            <Link href={addUrl}>{words.add}</Link> <span className={styles.noteRest}>{words.after}</span>
          </>
        )}
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
