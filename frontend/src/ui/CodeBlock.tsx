import { useEffect, useMemo, useRef, useState } from "react";

import { Button } from "./Button";
import styles from "./Code.module.css";
import { CopyButton } from "./CopyButton";
import type { Token } from "./highlight";
import { lazily } from "./lazily";
import type { MarkdownLabels } from "./Markdown";

/** Characters of code beyond which it is shown without colours, and beyond which its end is shown only when asked for. */
const COLOUR_UP_TO = 50_000;
const SHOW_UP_TO = 200_000;
/** Milliseconds between two colourings of code that grows. */
const COLOUR_EVERY = 150;

type Highlight = (code: string, language: string) => Token[] | null;
const useHighlight = lazily<Highlight>(async () => (await import("./highlight")).highlight);

interface CodeBlockProps {
  code: string;
  language: string;
  /** Whether more code is to come. */
  growing: boolean;
  labels: MarkdownLabels;
  onCopy: (text: string) => Promise<void>;
}

/** Code with its language, its colours and a button to copy it. */
export function CodeBlock({ code, language, growing, labels, onCopy }: CodeBlockProps) {
  const [whole, setWhole] = useState(false);
  const { tokens, plain } = useColours(code, language.toLowerCase(), growing);
  const cut = !whole && plain.length > SHOW_UP_TO;
  return (
    <div className={styles.code} dir="ltr">
      <div className={styles.head}>
        <span>{language || labels.code}</span>
        <CopyButton labels={labels} onCopy={() => onCopy(code)} />
      </div>
      {/* What scrolls by itself must be within reach of the keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0} role="group" aria-label={language || labels.code}>
        <code>
          <Tokens tokens={tokens} />
          {cut ? plain.slice(0, SHOW_UP_TO) : plain}
        </code>
      </pre>
      {cut ? (
        <Button look="quiet" className={styles.whole} onClick={() => setWhole(true)}>
          {labels.whole(code.length)}
        </Button>
      ) : null}
    </div>
  );
}

interface Coloured {
  code: string;
  tokens: readonly Token[];
}

const NONE: Coloured = { code: "", tokens: [] };

/** The coloured beginning of the code and the plain rest.  Colours are there at once unless the code is growing. */
function useColours(code: string, language: string, growing: boolean): { tokens: readonly Token[]; plain: string } {
  const short = code.length <= COLOUR_UP_TO;
  const highlight = useHighlight(language !== "" && short);
  const [begun, setBegun] = useState(NONE);
  const latest = useRef(code);
  useEffect(() => {
    latest.current = code;
  });
  const complete = useMemo(
    () => (growing || highlight === null ? null : { code, tokens: highlight(code, language) ?? [] }),
    [code, language, growing, highlight],
  );
  const live = growing && highlight !== null;
  useEffect(() => {
    if (!live) return;
    const timer = setInterval(() => {
      setBegun((now) => (now.code === latest.current ? now : { code: latest.current, tokens: highlight(latest.current, language) ?? [] }));
    }, COLOUR_EVERY);
    return () => clearInterval(timer);
  }, [live, highlight, language]);
  const shown = complete ?? begun;
  if (shown.tokens.length === 0 || !code.startsWith(shown.code)) return { tokens: [], plain: code };
  return { tokens: shown.tokens, plain: code.slice(shown.code.length) };
}

function Tokens({ tokens }: { tokens: readonly Token[] }) {
  return tokens.map((token, index) => {
    if (token.type === "text") return token.value;
    if (token.type !== "element") return null;
    const names = token.properties["className"];
    return (
      <span key={index} className={Array.isArray(names) ? names.join(" ") : ""}>
        <Tokens tokens={token.children} />
      </span>
    );
  });
}
