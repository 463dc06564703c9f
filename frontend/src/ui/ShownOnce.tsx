import { useEffect, useId, useRef } from "react";

import { copyText } from "@/browser/clipboard";

import { CopyButton } from "./CopyButton";
import styles from "./ShownOnce.module.css";
import { useUiWords } from "./words";

interface ShownOnceProps {
  label: string;
  secret: string;
  /** That it is not shown again, and what is to be done with it. */
  note: string;
}

/** A secret that is shown this once, and the button that copies it.  It takes the focus when it appears. */
export function ShownOnce({ label, secret, note }: ShownOnceProps) {
  const words = useUiWords();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [secret]);
  return (
    <div ref={box} role="group" aria-labelledby={id} aria-describedby={`${id}-note`} tabIndex={-1} className={styles.once}>
      <p id={id} className={styles.label}>
        {label}
      </p>
      <div className={styles.row}>
        {/* A long one scrolls by itself, so that it has to be reached by keyboard. */}
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <code className={styles.secret} tabIndex={0} role="region" aria-labelledby={id}>
          {secret}
        </code>
        <CopyButton
          labels={{ copy: words.copyOf(label), copied: words.copied, failed: words.copyFailed }}
          onCopy={() => copyText(secret)}
        />
      </div>
      <p id={`${id}-note`} className={styles.note}>
        {note}
      </p>
    </div>
  );
}
