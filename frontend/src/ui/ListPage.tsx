import { type ReactNode, useEffect, useRef } from "react";
import { useLocation } from "wouter";

import { useMedia, WIDE } from "@/browser/media";

import { rowId } from "./DataTable";
import styles from "./ListPage.module.css";

interface ListPageProps {
  title: string;
  /** The one thing to do with the list as a whole, such as a link that adds to it. */
  action?: ReactNode;
  /** What concerns the whole page, above the list. */
  notice?: ReactNode;
  /** A SidePanel, null while none is open. */
  panel: ReactNode;
  /** The URL of the list without a panel: Escape goes there. */
  closeUrl: string;
  /** The key of the row whose details are open: when they close, the focus goes back to it. */
  current: string | null;
  children: ReactNode;
}

/** The list page: title, filters, table, and the details beside it.  Where one of the two has room, the details win. */
export function ListPage({ title, action, notice, panel, closeUrl, current, children }: ListPageProps) {
  const wide = useMedia(WIDE);
  const [, navigate] = useLocation();
  const open = panel !== null;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!open) return;
    const leave = (event: KeyboardEvent) => {
      // A menu or a dialog over the page takes its own Escape.
      if (event.key === "Escape" && !event.defaultPrevented) navigate(closeUrl);
    };
    document.addEventListener("keydown", leave);
    return () => document.removeEventListener("keydown", leave);
  }, [open, navigate, closeUrl]);
  const before = useRef<string | null>(null);
  useEffect(() => {
    if (current === null && before.current !== null) {
      (document.getElementById(rowId(before.current)) ?? heading.current)?.focus();
    }
    before.current = current;
  }, [current]);
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1 className={styles.title} ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {action}
      </header>
      {notice ? <div className={styles.notice}>{notice}</div> : null}
      <div className={styles.columns}>
        {wide || !open ? <div className={styles.list}>{children}</div> : null}
        {open ? <div className={styles.panel}>{panel}</div> : null}
      </div>
    </div>
  );
}
