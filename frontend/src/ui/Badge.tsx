import type { ReactNode } from "react";

import styles from "./Badge.module.css";

/** How something stands: a dot, and always a word. */
export function Badge({ tone, children }: { tone: "idle" | "ready" | "waiting" | "active" | "warning" | "failed"; children: ReactNode }) {
  return (
    <span className={`${styles.badge} ${styles[tone] ?? ""}`}>
      <span className={styles.dot} aria-hidden="true" />
      {children}
    </span>
  );
}
