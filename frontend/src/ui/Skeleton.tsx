import { Hidden } from "./Hidden";
import styles from "./Skeleton.module.css";

/** Lines where text will be. */
export function Skeleton({ label, lines = 5 }: { label: string; lines?: number }) {
  return (
    <div className={styles.skeleton} role="status">
      <Hidden>{label}</Hidden>
      {Array.from({ length: lines }, (_, index) => (
        <div key={index} className={styles.line} aria-hidden="true" />
      ))}
    </div>
  );
}
