import * as Alert from "@radix-ui/react-alert-dialog";
import type { ReactNode } from "react";

import { Button } from "./Button";
import styles from "./Dialog.module.css";
import { useInertPage } from "./inert_page";

interface ConfirmDialogProps {
  open: boolean;
  title: string;
  text: string;
  yes: string;
  no: string;
  busy?: boolean;
  onYes: () => void;
  onClose: () => void;
  /** Where the focus goes afterwards; the default is the part that had it. */
  focusAfter?: () => HTMLElement | null;
  children?: ReactNode;
}

/** Asks before something is lost.  Radix' own overlay is left out: it writes a style element, which the CSP forbids. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, title, text, yes, no, busy = false, onYes, onClose, focusAfter, children } = props;
  useInertPage(open);
  return (
    <Alert.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Alert.Portal>
        <div className={styles.shade} />
        <Alert.Content
          aria-modal="true"
          className={styles.confirm}
          onCloseAutoFocus={(event) => {
            const target = focusAfter?.();
            if (!target) return;
            event.preventDefault();
            target.focus();
          }}
        >
          <Alert.Title asChild>
            <h1 className={styles.title}>{title}</h1>
          </Alert.Title>
          <Alert.Description className={styles.text} dir="auto">{text}</Alert.Description>
          {children}
          <div className={styles.buttons}>
            <Alert.Cancel asChild>
              <Button>{no}</Button>
            </Alert.Cancel>
            <Button look="danger" disabled={busy} onClick={onYes}>
              {yes}
            </Button>
          </div>
        </Alert.Content>
      </Alert.Portal>
    </Alert.Root>
  );
}
