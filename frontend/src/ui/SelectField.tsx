import { Field, type FieldProps } from "./Field";
import styles from "./Field.module.css";
import { Select, type SelectProps } from "./Select";

/** One of several that need not all be in view. */
export function SelectField<T extends string>({ value, options, onChange, ...field }: SelectProps<T> & Omit<FieldProps, "error">) {
  return (
    <Field {...field}>
      {(control) => (
        <Select {...control} {...{ value, options, onChange }} className={`${styles.input} ${styles.text} ${styles.select}`} />
      )}
    </Field>
  );
}
