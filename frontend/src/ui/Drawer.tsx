import * as Dialog from "@radix-ui/react-dialog";
import type { ReactNode } from "react";

import styles from "./Dialog.module.css";

interface DrawerProps {
  open: boolean;
  label: string;
  onClose: () => void;
  children: ReactNode;
}

/** A panel over the page at small widths.  For the missing overlay see ConfirmDialog. */
export function Drawer({ open, label, onClose, children }: DrawerProps) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Dialog.Portal>
        <div className={styles.shade} />
        <Dialog.Content className={styles.drawer} aria-describedby={undefined} aria-label={label}>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

export const DrawerTitle = Dialog.Title;
