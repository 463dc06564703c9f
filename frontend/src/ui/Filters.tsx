import type { ReactNode } from "react";

import styles from "./Filters.module.css";

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

interface FilterProps<T extends string> {
  label: string;
  value: T;
  onChange: (value: T) => void;
}

export function SearchFilter({ label, value, onChange }: FilterProps<string>) {
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
export function ChoiceFilter<T extends string>(props: FilterProps<T> & { options: readonly { value: T; label: string }[] }) {
  const { label, value, options, onChange } = props;
  return (
    <select
      className={styles.select}
      aria-label={label}
      value={value}
      onChange={(event) => {
        const chosen = options.find((option) => option.value === event.target.value);
        if (chosen) onChange(chosen.value);
      }}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
