import { type Expiry, EXPIRY_CHOICES } from "./expiry";
import styles from "./Field.module.css";
import { fieldTime } from "./moments";
import { SelectField } from "./SelectField";
import { TextField } from "./TextField";
import { useUiWords } from "./words";

interface ExpiryFieldProps {
  /** The id of the field for a time of one's choice, which a mistake is about. */
  id: string;
  value: Expiry;
  error: string | null;
  help?: string;
  onChange: (value: Expiry) => void;
}

const MONTH = 30 * 86_400_000;

/** When a key expires: a common span, or a time of one's choice. */
export function ExpiryField({ id, value, error, help = "", onChange }: ExpiryFieldProps) {
  const words = useUiWords().expiry;
  const label = (choice: Expiry["choice"]) => (choice === "never" ? words.never : choice === "date" ? words.date : words.days(Number(choice)));
  return (
    <div className={styles.pair}>
      <SelectField
        {...(value.choice === "date" ? {} : { id })}
        label={words.label}
        help={help}
        value={value.choice}
        options={EXPIRY_CHOICES.map((choice) => ({ value: choice, label: label(choice) }))}
        onChange={(choice) => onChange({ choice, date: value.date || fieldTime(Date.now() + MONTH) })}
      />
      {value.choice === "date" ? (
        <TextField
          id={id}
          type="datetime-local"
          label={words.dateLabel}
          error={error}
          value={value.date}
          onChange={(date) => onChange({ ...value, date })}
        />
      ) : (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
