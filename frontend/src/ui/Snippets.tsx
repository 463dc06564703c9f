import { useId, useState } from "react";

import { copyText } from "@/browser/clipboard";

import { CopyButton } from "./CopyButton";
import styles from "./Snippets.module.css";
import { useUiWords } from "./words";

interface SnippetsProps {
  label: string;
  snippets: readonly { name: string; code: string }[];
  onCopied?: () => void;
}

/** The same in several languages: one is shown, and copied whole. */
export function Snippets({ label, snippets, onCopied }: SnippetsProps) {
  const words = useUiWords();
  const name = useId();
  const [chosen, setChosen] = useState(snippets[0]?.name);
  const code = snippets.find((snippet) => snippet.name === chosen)?.code ?? "";
  return (
    <div className={styles.snippets}>
      <div className={styles.head}>
        <div role="radiogroup" aria-label={label} className={styles.names}>
          {snippets.map((snippet) => (
            <label key={snippet.name} className={styles.name}>
              <input type="radio" name={name} checked={snippet.name === chosen} onChange={() => setChosen(snippet.name)} />
              {snippet.name}
            </label>
          ))}
        </div>
        <CopyButton
          labels={{ copy: words.copy, copied: words.copied, failed: words.copyFailed }}
          onCopy={async () => {
            await copyText(code);
            onCopied?.();
          }}
        />
      </div>
      {/* It scrolls sideways, so that it has to be reached by keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={styles.code} dir="ltr" tabIndex={0} role="region" aria-label={chosen}>
        <code>{code}</code>
      </pre>
    </div>
  );
}
