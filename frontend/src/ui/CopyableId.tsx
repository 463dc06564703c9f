import { copyText } from "@/browser/clipboard";

import styles from "./CopyableId.module.css";
import { CopyButton } from "./CopyButton";
import { useUiWords } from "./words";

/** An id, short and in monospace, and the button that copies the whole of it. */
export function CopyableId({ id }: { id: string }) {
  const words = useUiWords();
  return (
    <span className={styles.id}>
      <code title={id}>{id.length > 16 ? `${id.slice(0, 8)}…${id.slice(-4)}` : id}</code>
      <CopyButton
        labels={{ copy: words.copyId, copied: words.copied, failed: words.copyFailed }}
        onCopy={() => copyText(id)}
        className={styles.copy ?? ""}
      />
    </span>
  );
}
