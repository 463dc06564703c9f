import { useMemo } from "react";

import { lazily } from "./lazily";
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

// Not React's `lazy`: that shows its fallback for 300 ms even where the renderer is there.
const load = async () => (await import("./MarkdownBlock")).MarkdownBlock;
const useMarkdownBlock = lazily(load);

/** Have the renderer fetched before the first reply is there. */
export const preloadMarkdown = useMarkdownBlock.preload;

/** A reply as rich text, block by block; as plain text in the same measure until the renderer is there. */
export function Markdown({ text, labels, onCopy, growing = false }: MarkdownProps) {
  const MarkdownBlock = useMarkdownBlock(true);
  const blocks = useMemo(() => markdownBlocks(text), [text]);
  return (
    <div className={styles.markdown} data-growing={growing}>
      {MarkdownBlock === null ? (
        <p className={styles.plain}>{text}</p>
      ) : (
        blocks.map((block, index) => (
          <MarkdownBlock
            key={index}
            text={block}
            labels={labels}
            onCopy={onCopy}
            growing={growing && index === blocks.length - 1}
          />
        ))
      )}
    </div>
  );
}
