import { useId } from "react";

import styles from "./KeyField.module.css";

interface SelectFieldProps<T extends string> {
  id?: string;
  label: string;
  help?: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
}

/** One of several that need not all be in view. */
export function SelectField<T extends string>({ id, label, help = "", value, options, onChange }: SelectFieldProps<T>) {
  const own = useId();
  const field = id ?? own;
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={field}>
        {label}
      </label>
      <div className={styles.row}>
        <select
          id={field}
          className={`${styles.input} ${styles.text} ${styles.select}`}
          value={value}
          aria-describedby={help === "" ? undefined : `${field}-help`}
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
      </div>
      {help === "" ? null : (
        <p id={`${field}-help`} className={styles.help}>
          {help}
        </p>
      )}
    </div>
  );
}
