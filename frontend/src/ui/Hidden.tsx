import type { ComponentProps } from "react";
import { useLocation } from "wouter";

import styles from "./Hidden.module.css";

/** Read by a screen reader, not shown unless it has to be. */
export function Hidden({ unless = false, ...props }: ComponentProps<"span"> & { unless?: boolean }) {
  return <span {...props} className={unless ? undefined : styles.hidden} />;
}

export function HiddenHeading({ level: Tag = "h2", children, ...rest }: ComponentProps<"h2"> & { level?: "h1" | "h2" }) {
  return (
    <Tag {...rest} className={styles.hidden}>
      {children}
    </Tag>
  );
}

/** The first stop of the Tab key.  It moves the focus itself: with a `<base>` a bare `#id` would leave the page. */
export function SkipLink({ to, children }: { to: string; children: string }) {
  const [path] = useLocation();
  return (
    <a
      className={styles.skip}
      href={`${path}#${to}`}
      onClick={(event) => {
        event.preventDefault();
        document.getElementById(to)?.focus();
      }}
    >
      {children}
    </a>
  );
}
