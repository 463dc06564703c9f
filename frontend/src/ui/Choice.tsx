import styles from "./Choice.module.css";

interface ChoiceProps<T extends string> {
  label: string;
  name: string;
  value: T;
  /** `lang` where a label is in another language than the page. */
  options: readonly { value: T; label: string; lang?: string }[];
  help?: string;
  onChange: (value: T) => void;
}

/** One of a few, all in view. */
export function Choice<T extends string>({ label, name, value, options, help = "", onChange }: ChoiceProps<T>) {
  return (
    <fieldset className={styles.choice}>
      <legend className={styles.label}>{label}</legend>
      <div className={styles.options}>
        {options.map((option) => (
          <label key={option.value} className={styles.option}>
            <input
              type="radio"
              name={name}
              className={styles.radio}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span lang={option.lang}>{option.label}</span>
          </label>
        ))}
      </div>
      {help === "" ? null : <p className={styles.help}>{help}</p>}
    </fieldset>
  );
}
