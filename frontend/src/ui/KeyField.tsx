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
  inputRef?: RefObject<HTMLInputElement | null>;
  id?: string;
  note?: string;
  /** What the browser may offer or keep; the default is the key it knows. */
  autoComplete?: string;
}

/** A field for a secret: hidden until asked, label above, help and error below. */
export function KeyField(props: KeyFieldProps) {
  const { label, help, error, labels, value, onChange, inputRef, note = "", autoComplete = "current-password" } = props;
  const [shown, setShown] = useState(false);
  const own = useId();
  const id = props.id ?? own;
  const described = [error === null ? "" : `${id}-error`, help === "" ? "" : `${id}-help`].filter(Boolean).join(" ");
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
        {note === "" ? null : <span className={styles.note}> {note}</span>}
      </label>
      <div className={styles.row} data-invalid={error !== null}>
        <input
          ref={inputRef}
          id={id}
          className={styles.input}
          type={shown ? "text" : "password"}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          autoComplete={autoComplete}
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          aria-invalid={error !== null}
          aria-describedby={described || undefined}
        />
        <IconButton label={shown ? labels.hide : labels.show} aria-pressed={shown} onClick={() => setShown(!shown)}>
          {shown ? <EyeOff size={18} /> : <Eye size={18} />}
        </IconButton>
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
