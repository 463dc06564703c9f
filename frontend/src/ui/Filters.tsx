import type { ReactNode } from "react";

import styles from "./Filters.module.css";
import { Select, type SelectProps } from "./Select";

/** The one line of filters over a list; `count` says how much of it is shown. */
export function Filters({ count, children }: { count: string; children: ReactNode }) {
  return (
    <div className={styles.filters} role="search">
      {children}
      <span className={styles.count} role="status">
        {count}
      </span>
    </div>
  );
}

interface SearchFilterProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

export function SearchFilter({ label, value, onChange }: SearchFilterProps) {
  return (
    <input
      type="search"
      className={styles.search}
      aria-label={label}
      placeholder={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

/** The first option is the one that filters nothing. */
export function ChoiceFilter<T extends string>({ label, ...select }: SelectProps<T> & { label: string }) {
  return <Select {...select} className={styles.select} aria-label={label} />;
}
