import { lazy, Suspense, useMemo } from "react";

import styles from "./Markdown.module.css";
import { markdownBlocks } from "./markdown_blocks";

export interface MarkdownLabels {
  copy: string;
  copied: string;
  failed: string;
  code: string;
  table: string;
  image: string;
  done: string;
  open: string;
  whole: (characters: number) => string;
}

interface MarkdownProps {
  text: string;
  labels: MarkdownLabels;
  onCopy: (text: string) => Promise<void>;
  /** Whether more text is to come. */
  growing?: boolean;
}

const load = () => import("./MarkdownBlock");
const MarkdownBlock = lazy(load);

/** Have the renderer fetched before the first reply is there. */
export function preloadMarkdown(): void {
  void load();
}

/** A reply as rich text, block by block; as plain text in the same measure until the renderer is there. */
export function Markdown({ text, labels, onCopy, growing = false }: MarkdownProps) {
  const blocks = useMemo(() => markdownBlocks(text), [text]);
  return (
    <div className={styles.markdown} data-growing={growing}>
      <Suspense fallback={<p className={styles.plain}>{text}</p>}>
        {blocks.map((block, index) => (
          <MarkdownBlock
            key={index}
            text={block}
            labels={labels}
            onCopy={onCopy}
            growing={growing && index === blocks.length - 1}
          />
        ))}
      </Suspense>
    </div>
  );
}
