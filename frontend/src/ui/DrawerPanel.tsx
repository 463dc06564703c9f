import * as Dialog from "@radix-ui/react-dialog";
import type { ReactNode } from "react";

import { HiddenHeading } from "./Hidden";
import styles from "./Dialog.module.css";
import { useInertPage } from "./inert_page";

export interface DrawerProps {
  label: string;
  onClose: () => void;
  children: ReactNode;
}

/** For the missing overlay see ConfirmDialog. */
export default function DrawerPanel({ label, onClose, children }: DrawerProps) {
  const giveBack = useInertPage(true);
  return (
    <Dialog.Root open onOpenChange={(next) => (next ? undefined : onClose())}>
      <Dialog.Portal>
        <div className={styles.shade} />
        <Dialog.Content aria-modal="true" className={styles.drawer} aria-describedby={undefined} onCloseAutoFocus={giveBack}>
          <Dialog.Title asChild>
            <HiddenHeading level="h1">{label}</HiddenHeading>
          </Dialog.Title>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
