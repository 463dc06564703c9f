import type { ComponentProps } from "react";

import styles from "./Hidden.module.css";

/** Read by a screen reader, not shown. */
export function Hidden(props: ComponentProps<"span">) {
  return <span {...props} className={styles.hidden} />;
}

export function HiddenHeading(props: ComponentProps<"h2">) {
  return (
    <h2 {...props} className={styles.hidden}>
      {props.children}
    </h2>
  );
}

/** The first stop of the Tab key.  It moves the focus itself: with a `<base>` a bare `#id` would leave the page. */
export function SkipLink({ to, children }: { to: string; children: string }) {
  return (
    <a
      className={styles.skip}
      href={`${window.location.pathname}#${to}`}
      onClick={(event) => {
        event.preventDefault();
        document.getElementById(to)?.focus();
      }}
    >
      {children}
    </a>
  );
}
