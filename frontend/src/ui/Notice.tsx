import type { ReactNode } from "react";

import styles from "./Notice.module.css";

interface NoticeProps {
  what: string;
  todo?: string;
  tone?: "plain" | "failed";
  /** Whether it is read out when it appears. */
  announce?: boolean;
  children?: ReactNode;
}

/** What happened, what to do about it, and the button that does it. */
export function Notice({ what, todo, tone = "plain", announce = false, children }: NoticeProps) {
  return (
    <div className={`${styles.notice} ${tone === "failed" ? styles.failed : ""}`} role={announce ? "alert" : undefined}>
      <div className={styles.words}>
        <p className={styles.what} dir="auto">{what}</p>
        {todo ? <p className={styles.todo}>{todo}</p> : null}
      </div>
      {children}
    </div>
  );
}
