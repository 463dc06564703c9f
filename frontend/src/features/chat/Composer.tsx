import { ArrowUp, Square } from "lucide-react";
import { type KeyboardEvent, type ReactNode, type RefObject, useId, useLayoutEffect } from "react";

import { useMessages } from "@/messages/messages";
import { IconButton } from "@/ui/Button";
import { Hidden } from "@/ui/Hidden";

import styles from "./Composer.module.css";
import { grow, isSendKey } from "./send_key";

interface ComposerProps {
  text: string;
  onText: (text: string) => void;
  onSend: () => void;
  /** Set while a reply is being written. */
  onStop: (() => void) | null;
  /** While a prompt is on its way. */
  busy: boolean;
  placeholder: string;
  field: RefObject<HTMLTextAreaElement | null>;
  children?: ReactNode;
}

export function Composer({ text, onText, onSend, onStop, busy, placeholder, field, children }: ComposerProps) {
  const words = useMessages().composer;
  const hint = useId();
  const blocked = busy || onStop !== null;
  useLayoutEffect(() => grow(field.current), [field, text]);

  function keyDown(event: KeyboardEvent) {
    if (!isSendKey(event)) return;
    event.preventDefault();
    if (!blocked && text.trim() !== "") onSend();
  }

  return (
    <form
      className={styles.composer}
      onSubmit={(event) => {
        event.preventDefault();
        if (!blocked && text.trim() !== "") onSend();
      }}
    >
      <textarea
        ref={field}
        className={styles.field}
        dir="auto"
        rows={1}
        value={text}
        placeholder={placeholder}
        aria-label={words.label}
        aria-describedby={hint}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={keyDown}
      />
      <div className={styles.row}>
        {children}
        <span id={hint} className={styles.hint}>
          {onStop === null ? words.hint : words.busy}
        </span>
        {onStop === null ? (
          <IconButton type="submit" look="primary" label={words.send} className={styles.send ?? ""} disabled={busy || text.trim() === ""}>
            <ArrowUp size={18} aria-hidden="true" />
          </IconButton>
        ) : (
          <IconButton look="primary" label={words.stop} className={styles.send ?? ""} onClick={onStop}>
            <Square size={14} fill="currentColor" aria-hidden="true" />
          </IconButton>
        )}
      </div>
      <Hidden role="status">{busy ? words.sending : ""}</Hidden>
    </form>
  );
}
