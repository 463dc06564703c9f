import { ChevronRight } from "lucide-react";
import { type ReactNode, type Ref, useId } from "react";

import styles from "./Fold.module.css";

interface FoldProps {
  label: string;
  open: boolean;
  onToggle: () => void;
  /** Of the line that opens it, which stands where the module puts it. */
  className?: string | undefined;
  /** The box with what is folded. */
  box?: Ref<HTMLDivElement>;
  children: ReactNode;
}

/** A line that opens what few want to see, in a box below. */
export function Fold({ label, open, onToggle, className, box, children }: FoldProps) {
  const id = useId();
  return (
    <>
      <button
        type="button"
        className={[styles.ask, className].filter(Boolean).join(" ")}
        aria-expanded={open}
        aria-controls={id}
        onClick={onToggle}
      >
        <ChevronRight size={14} aria-hidden="true" className={styles.mark} />
        {label}
      </button>
      <div ref={box} id={id} className={styles.box} hidden={!open}>
        {children}
      </div>
    </>
  );
}
