import { Eye, EyeOff } from "lucide-react";
import { type RefObject, useState } from "react";

import { IconButton } from "./Button";
import { Field, type FieldProps } from "./Field";
import styles from "./Field.module.css";

interface KeyFieldProps extends FieldProps {
  labels: { show: string; hide: string };
  value: string;
  onChange: (value: string) => void;
  inputRef?: RefObject<HTMLInputElement | null>;
  /** What the browser may offer or keep; the default is the key it knows. */
  autoComplete?: string;
}

/** A field for a secret: hidden until asked. */
export function KeyField({ labels, value, onChange, inputRef, autoComplete = "current-password", ...field }: KeyFieldProps) {
  const [shown, setShown] = useState(false);
  return (
    <Field {...field}>
      {(control) => (
        <>
          <input
            {...control}
            ref={inputRef}
            className={styles.input}
            type={shown ? "text" : "password"}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            autoComplete={autoComplete}
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
          />
          <IconButton label={shown ? labels.hide : labels.show} aria-pressed={shown} onClick={() => setShown(!shown)}>
            {shown ? <EyeOff size={18} /> : <Eye size={18} />}
          </IconButton>
        </>
      )}
    </Field>
  );
}
