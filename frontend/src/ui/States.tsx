import type { ReactNode } from "react";

import { Button } from "./Button";
import styles from "./States.module.css";
import { useUiWords } from "./words";

interface StateProps {
  title: string;
  text: string;
  children?: ReactNode;
}

/** An empty list: what will be there, and as children the one action that fills it. */
export function EmptyState({ title, text, children }: StateProps) {
  return (
    <div className={styles.state}>
      <h2 className={styles.title}>{title}</h2>
      <p className={styles.text}>{text}</p>
      {children}
    </div>
  );
}

/** What could not be loaded, why, what to do (as `explain` gives them), and the button that tries again. */
export function FailedState({ title, what, todo, onRetry }: { title: string; what: string; todo: string; onRetry: () => void }) {
  const words = useUiWords();
  return (
    <div className={styles.state} role="alert">
      <h2 className={styles.title}>{title}</h2>
      <p className={styles.text}>{`${what} ${todo}`.trim()}</p>
      <Button look="primary" onClick={onRetry}>
        {words.retry}
      </Button>
    </div>
  );
}

/** Nothing of the list passes its filters. */
export function NoMatch({ onShowAll }: { onShowAll: () => void }) {
  const words = useUiWords();
  return (
    <div className={styles.state}>
      <p className={styles.text}>{words.noMatch}</p>
      <Button onClick={onShowAll}>{words.showAll}</Button>
    </div>
  );
}
