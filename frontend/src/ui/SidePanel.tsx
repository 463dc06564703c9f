import { X } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { Link } from "wouter";

import { buttonClass } from "./Button";
import styles from "./SidePanel.module.css";
import { useUiWords } from "./words";

interface SidePanelProps {
  title: string;
  /** The list's own URL. */
  closeUrl: string;
  /** How it stands, in one line below the title. */
  standing?: ReactNode;
  children: ReactNode;
}

/** Details beside a list: what they are about on top, and the way back.  It takes the focus when its title changes. */
export function SidePanel({ title, closeUrl, standing, children }: SidePanelProps) {
  const words = useUiWords();
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, [title]);
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <header className={styles.head}>
        <h2 id={id} ref={heading} tabIndex={-1} className={styles.title} dir="auto">
          {title}
        </h2>
        <Link href={closeUrl} className={buttonClass("quiet", styles.close)} aria-label={words.close} title={words.close}>
          <X size={18} aria-hidden="true" />
        </Link>
      </header>
      {standing === undefined ? null : <div className={styles.standing}>{standing}</div>}
      {children}
    </section>
  );
}
