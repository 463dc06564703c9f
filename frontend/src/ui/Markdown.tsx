import { useMemo } from "react";

import { KeptSelection } from "./KeptSelection";
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

const useRenderer = lazily(() => import("./MarkdownBlock"));

/** Have the renderer fetched before the first reply is there. */
export const preloadMarkdown = useRenderer.early;

/** A reply as rich text, block by block; as plain text in the same measure until the renderer is there. */
export function Markdown({ text, labels, onCopy, growing = false }: MarkdownProps) {
  const blocks = useMemo(() => markdownBlocks(text), [text]);
  const Block = useRenderer(true)?.default;
  return (
    <KeptSelection className={styles.markdown} growing={growing}>
      {Block ? (
        blocks.map((block, index) => (
          <Block key={index} text={block} labels={labels} onCopy={onCopy} growing={growing && index === blocks.length - 1} />
        ))
      ) : (
        <p className={styles.plain}>{text}</p>
      )}
    </KeptSelection>
  );
}
