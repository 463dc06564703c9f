import type { ReactNode } from "react";

import styles from "./Actions.module.css";
import { Notice } from "./Notice";
import type { Told } from "./use_deed";

/** What can be done with what a panel is about: its buttons, what came of them, and what was refused. */
export function Actions({ label, refusal, children }: { label: string; refusal: Told | null; children: ReactNode }) {
  return (
    <div className={styles.actions} role="group" aria-label={label}>
      {children}
      {refusal ? <Notice tone="failed" announce {...refusal} /> : null}
    </div>
  );
}

/** Buttons side by side. */
export function Buttons({ children }: { children: ReactNode }) {
  return <div className={styles.buttons}>{children}</div>;
}
