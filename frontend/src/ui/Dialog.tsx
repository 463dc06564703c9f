import * as Dialogs from "@radix-ui/react-dialog";
import { X } from "lucide-react";
import type { ReactNode } from "react";

import { buttonClass } from "./Button";
import styles from "./Dialog.module.css";
import { HiddenHeading } from "./Hidden";
import { useInertPage } from "./inert_page";

interface DialogProps {
  title: string;
  /** The name of the button that closes it; without one the title is not shown either, only read out. */
  close?: string;
  onClose: () => void;
  children: ReactNode;
}

/** Something over the page that Escape closes; shown only while it is open, so that it knows where the focus was.  For the missing overlay see ConfirmDialog. */
export function Dialog({ title, close, onClose, children }: DialogProps) {
  const giveBack = useInertPage(true);
  return (
    <Dialogs.Root open modal={false} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Dialogs.Portal>
        <div className={styles.shade} />
        <Dialogs.Content
          aria-modal="true"
          className={close === undefined ? styles.bare : styles.sheet}
          aria-describedby={undefined}
          onCloseAutoFocus={giveBack}
        >
          {close === undefined ? (
            <Dialogs.Title asChild>
              <HiddenHeading level="h1">{title}</HiddenHeading>
            </Dialogs.Title>
          ) : (
            <div className={styles.sheetHead}>
              <Dialogs.Title asChild>
                <h1 className={styles.title}>{title}</h1>
              </Dialogs.Title>
              <Dialogs.Close className={buttonClass("quiet", styles.close)} aria-label={close} title={close}>
                <X size={18} aria-hidden="true" />
              </Dialogs.Close>
            </div>
          )}
          {children}
        </Dialogs.Content>
      </Dialogs.Portal>
    </Dialogs.Root>
  );
}
