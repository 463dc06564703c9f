import { type ReactNode, useId } from "react";

import styles from "./FormPage.module.css";

/** The form page: one column of sections, and what it is about on top. */
export function FormPage({ title, intro = "", children }: { title: string; intro?: string; children: ReactNode }) {
  return (
    <div className={styles.page}>
      <div className={styles.column}>
        <header className={styles.head}>
          <h1 className={styles.title}>{title}</h1>
          {intro === "" ? null : <p className={styles.help}>{intro}</p>}
        </header>
        {children}
      </div>
    </div>
  );
}

/** One subject of a form page. */
export function Section({ title, help = "", children }: { title: string; help?: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id} className={styles.sectionTitle}>
          {title}
        </h2>
        {help === "" ? null : <p className={styles.help}>{help}</p>}
      </div>
      {children}
    </section>
  );
}
