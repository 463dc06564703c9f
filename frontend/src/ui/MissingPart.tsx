import { X } from "lucide-react";

import { Button, IconButton } from "./Button";
import { forgetMissing, useMissing } from "./missing_part";
import styles from "./MissingPart.module.css";
import { useUiWords } from "./words";

/** Says on any page that a part of it did not come, and what helps. */
export function MissingPart() {
  const words = useUiWords();
  const { missing } = words;
  if (!useMissing()) return null;
  return (
    <div role="alert" className={styles.missing}>
      <p className={styles.text}>
        <strong>{missing.what}</strong> {missing.todo}
      </p>
      <Button look="primary" onClick={() => window.location.reload()}>
        {missing.reload}
      </Button>
      <IconButton label={words.hideThis} onClick={forgetMissing}>
        <X size={16} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
