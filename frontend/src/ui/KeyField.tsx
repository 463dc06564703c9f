import { Eye, EyeOff } from "lucide-react";
import { type RefObject, useId, useState } from "react";

import { IconButton } from "./Button";
import styles from "./KeyField.module.css";

interface KeyFieldProps {
  label: string;
  help: string;
  error: string | null;
  labels: { show: string; hide: string };
  value: string;
  onChange: (value: string) => void;
  inputRef: RefObject<HTMLInputElement | null>;
}

/** A field for a secret: hidden until asked, label above, help and error below. */
export function KeyField({ label, help, error, labels, value, onChange, inputRef }: KeyFieldProps) {
  const [shown, setShown] = useState(false);
  const id = useId();
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <div className={styles.row} data-invalid={error !== null}>
        <input
          ref={inputRef}
          id={id}
          className={styles.input}
          type={shown ? "text" : "password"}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          autoComplete="current-password"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          aria-invalid={error !== null}
          aria-describedby={error === null ? `${id}-help` : `${id}-error ${id}-help`}
        />
        <IconButton label={shown ? labels.hide : labels.show} aria-pressed={shown} onClick={() => setShown(!shown)}>
          {shown ? <EyeOff size={18} /> : <Eye size={18} />}
        </IconButton>
      </div>
      <p id={`${id}-error`} className={styles.error} role="alert">
        {error}
      </p>
      <p id={`${id}-help`} className={styles.help}>
        {help}
      </p>
    </div>
  );
}
