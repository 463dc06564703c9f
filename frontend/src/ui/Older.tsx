import { useEffect, useRef } from "react";

import { Button } from "./Button";
import styles from "./Older.module.css";
import { useUiWords } from "./words";

/** The end of a page of a list: loads the next one when it scrolls into view.  Give it the cursor as `key`. */
export function Older({ onOlder }: { onOlder: () => void }) {
  const words = useUiWords();
  const button = useRef<HTMLButtonElement>(null);
  const load = useRef(onOlder);
  useEffect(() => {
    load.current = onOlder;
  });
  useEffect(() => {
    if (button.current === null) return;
    const seen = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) load.current();
    });
    seen.observe(button.current);
    return () => seen.disconnect();
  }, []);
  return (
    <Button ref={button} look="quiet" className={styles.older} onClick={onOlder}>
      {words.older}
    </Button>
  );
}
