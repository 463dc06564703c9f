import { type ReactNode, useId } from "react";

import styles from "./Field.module.css";

export interface FieldProps {
  id?: string | undefined;
  label: string;
  /** Behind the label, such as that the field may stay empty. */
  note?: string | undefined;
  help?: string | undefined;
  /** Unset where the field can have none. */
  error?: string | null | undefined;
}

/** What ties a control to its label, help and error. */
export interface Control {
  id: string;
  "aria-invalid"?: boolean;
  "aria-describedby": string | undefined;
}

/** A control with its label above, help and error below. */
export function Field({ id: given, label, note = "", help = "", error, children }: FieldProps & { children: (control: Control) => ReactNode }) {
  const own = useId();
  const id = given ?? own;
  const invalid = typeof error === "string";
  const described = [invalid ? `${id}-error` : "", help === "" ? "" : `${id}-help`].filter(Boolean).join(" ") || undefined;
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
        {note === "" ? null : <span className={styles.note}> {note}</span>}
      </label>
      <div className={styles.row} data-invalid={invalid}>
        {children({ id, "aria-describedby": described, ...(error === undefined ? {} : { "aria-invalid": invalid }) })}
      </div>
      {error === undefined ? null : (
        <p id={`${id}-error`} className={styles.error} role="alert">
          {error}
        </p>
      )}
      {help === "" ? null : (
        <p id={`${id}-help`} className={styles.help}>
          {help}
        </p>
      )}
    </div>
  );
}
