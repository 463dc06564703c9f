import type { ComponentProps } from "react";

import { Field, type FieldProps } from "./Field";
import styles from "./Field.module.css";

interface TextFieldProps extends FieldProps, Omit<ComponentProps<"input">, "id" | "onChange" | "value" | "className"> {
  value: string;
  onChange: (value: string) => void;
}

export function TextField({ id, label, note, help, error = null, value, onChange, ...rest }: TextFieldProps) {
  return (
    <Field {...{ id, label, note, help, error }}>
      {(control) => (
        <input
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          {...rest}
          {...control}
          className={`${styles.input} ${styles.text}`}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
