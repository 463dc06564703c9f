import type { ReactNode } from "react";

import styles from "./Page.module.css";

interface PageProps {
  title: string;
  intro?: string;
  children?: ReactNode;
}

/** The form page: one column, and what it is about on top. */
export function Page({ title, intro, children }: PageProps) {
  return (
    <main className={styles.page}>
      <div className={styles.column}>
        <div className={styles.head}>
          <h1 className={styles.title}>{title}</h1>
          {intro ? <p className={styles.intro}>{intro}</p> : null}
        </div>
        {children}
      </div>
    </main>
  );
}
