import { type ComponentProps, useId } from "react";

import styles from "./KeyField.module.css";

interface TextFieldProps extends Omit<ComponentProps<"input">, "onChange" | "value" | "className"> {
  label: string;
  /** Behind the label, such as that the field may stay empty. */
  note?: string;
  help?: string;
  error?: string | null;
  value: string;
  onChange: (value: string) => void;
}

/** A field with its label above, help and error below. */
export function TextField({ label, note = "", help = "", error = null, value, onChange, ...rest }: TextFieldProps) {
  const own = useId();
  const id = rest.id ?? own;
  const described = [error === null ? "" : `${id}-error`, help === "" ? "" : `${id}-help`].filter(Boolean).join(" ");
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
        {note === "" ? null : <span className={styles.note}> {note}</span>}
      </label>
      <div className={styles.row} data-invalid={error !== null}>
        <input
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          {...rest}
          id={id}
          className={`${styles.input} ${styles.text}`}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          aria-invalid={error !== null}
          aria-describedby={described || undefined}
        />
      </div>
      <p id={`${id}-error`} className={styles.error} role="alert">
        {error}
      </p>
      {help === "" ? null : (
        <p id={`${id}-help`} className={styles.help}>
          {help}
        </p>
      )}
    </div>
  );
}
