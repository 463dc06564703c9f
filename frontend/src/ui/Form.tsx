import type { ReactNode } from "react";

import { Buttons } from "./Actions";
import { Button } from "./Button";
import styles from "./Form.module.css";
import { Notice } from "./Notice";
import type { Told } from "./use_deed";

interface FormProps {
  /** Its name, where no heading above it says the same. */
  label?: string;
  submit: string;
  busy: boolean;
  refusal: Told | null;
  onSubmit: () => void;
  cancel?: string;
  onCancel?: () => void;
  children: ReactNode;
}

/** Fields, what was refused, and the buttons.  Mistakes are told beside the fields, not by the browser. */
export function Form({ label, submit, busy, refusal, onSubmit, cancel, onCancel, children }: FormProps) {
  return (
    <form
      className={styles.form}
      noValidate
      autoComplete="off"
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) onSubmit();
      }}
    >
      {children}
      {refusal ? <Notice tone="failed" announce {...refusal} /> : null}
      <Buttons>
        <Button type="submit" look="primary" aria-disabled={busy}>
          {submit}
        </Button>
        {cancel === undefined ? null : (
          <Button look="quiet" onClick={onCancel}>
            {cancel}
          </Button>
        )}
      </Buttons>
    </form>
  );
}
