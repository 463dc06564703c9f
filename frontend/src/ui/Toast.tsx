import { X } from "lucide-react";
import { useEffect, useRef } from "react";

import { Button, IconButton } from "./Button";
import { Hidden } from "./Hidden";
import styles from "./Toast.module.css";
import { useUiWords } from "./words";

const SECONDS = 10;
export const TOAST_ACTION = "toast-action";

interface ToastProps {
  /** Null where there is nothing to say.  Another object is another thing to say. */
  said: { text: string; action: string; onAction: () => void } | null;
  onClose: () => void;
  /** False where it goes along to another page, and only stands there. */
  takesFocus?: boolean;
}

/**
 * What just happened, and the way back, for some seconds: longer while it is pointed at or the keyboard is on it.  The
 * button has the focus, since whatever was pressed before is gone.
 */
export function Toast({ said, onClose, takesFocus = true }: ToastProps) {
  const words = useUiWords();
  const box = useRef<HTMLDivElement>(null);
  const action = useRef<HTMLButtonElement>(null);
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  useEffect(() => {
    if (said === null) return;
    // The menu that it comes from gives its focus back first.
    const focus = setTimeout(() => (takesFocus ? action.current?.focus() : undefined));
    const timer = setInterval(() => {
      if (box.current?.matches(":hover, :has(:focus-visible)") !== true) close.current();
    }, SECONDS * 1000);
    return () => {
      clearTimeout(focus);
      clearInterval(timer);
    };
  }, [said, takesFocus]);
  return (
    <>
      <Hidden role="status">{said?.text ?? ""}</Hidden>
      {said === null ? null : (
        <div ref={box} className={styles.toast} role="group" aria-label={said.text}>
          <p className={styles.text} dir="auto">{said.text}</p>
          <Button ref={action} id={TOAST_ACTION} look="secondary" onClick={said.onAction}>
            {said.action}
          </Button>
          <IconButton label={words.hideThis} onClick={onClose}>
            <X size={16} aria-hidden="true" />
          </IconButton>
        </div>
      )}
    </>
  );
}
