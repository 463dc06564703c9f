import { useEffect, useLayoutEffect, useRef, useState } from "react";

import { useMessages } from "@/messages/messages";
import { Button } from "@/ui/Button";

import styles from "./PromptEditor.module.css";
import { grow, isSendKey } from "./send_key";

interface PromptEditorProps {
  /** What stands in it at first. */
  text: string;
  onSend: (text: string) => void;
  onCancel: () => void;
}

/** In place of a prompt: the prompt to change and to ask again. */
export function PromptEditor({ text: given, onSend, onCancel }: PromptEditorProps) {
  const words = useMessages().chat.editor;
  const [text, setText] = useState(given);
  const field = useRef<HTMLTextAreaElement>(null);
  const ready = text.trim() !== "";
  useLayoutEffect(() => grow(field.current), [text]);
  useEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(given.length, given.length);
  }, [given]);

  return (
    <form
      className={styles.editor}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onSend(text);
      }}
    >
      <textarea
        ref={field}
        className={styles.field}
        dir="auto"
        rows={1}
        value={text}
        aria-label={words.label}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape" && !event.nativeEvent.isComposing) {
            // Elsewhere it stops the reply.
            event.preventDefault();
            onCancel();
          } else if (isSendKey(event)) {
            event.preventDefault();
            if (ready) onSend(text);
          }
        }}
      />
      <p className={styles.help}>{words.help}</p>
      <div className={styles.row}>
        <Button onClick={onCancel}>{words.cancel}</Button>
        <Button type="submit" look="primary" disabled={!ready}>
          {words.send}
        </Button>
      </div>
    </form>
  );
}
