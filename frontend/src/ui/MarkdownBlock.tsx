import { type ComponentProps, memo, type ReactElement, type ReactNode, useId, useMemo } from "react";
import ReactMarkdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";

import { CopyButton } from "./CopyButton";
import type { MarkdownLabels } from "./Markdown";
import styles from "./Markdown.module.css";

interface MarkdownBlockProps {
  text: string;
  labels: MarkdownLabels;
  onCopy: (text: string) => Promise<void>;
}

/** Links leave the app in a tab of their own; footnote marks, which point into the page, stay text. */
function Link({ href, children }: { href?: string | undefined; children?: ReactNode }) {
  if (!href || href.startsWith("#")) return <span>{children}</span>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}

function codeOf(children: ReactNode): { text: string; language: string } {
  const code = children as ReactElement<{ className?: string; children?: ReactNode }>;
  const language = /language-(\S+)/.exec(code.props.className ?? "")?.[1] ?? "";
  return { text: typeof code.props.children === "string" ? code.props.children : "", language };
}

function componentsWith(labels: MarkdownLabels, onCopy: MarkdownBlockProps["onCopy"]): Components {
  // A reply's headings come below those of the page and of the turn.  Whichever of the first three levels a reply begins
  // with, and many begin with the third, the outline has no hole.
  const auto = (Tag: "p" | "li" | "h3" | "h4" | "h5" | "h6" | "th" | "td") =>
    function Auto({ children, style }: { children?: ReactNode; style?: ComponentProps<"td">["style"] }) {
      return (
        <Tag dir="auto" style={style}>
          {children}
        </Tag>
      );
    };
  return {
    a: Link,
    p: auto("p"),
    li: auto("li"),
    th: auto("th"),
    td: auto("td"),
    h1: auto("h3"),
    h2: auto("h3"),
    h3: auto("h3"),
    h4: auto("h4"),
    h5: auto("h5"),
    h6: auto("h6"),
    img: ({ src, alt }) => <Link href={typeof src === "string" ? src : undefined}>{alt || labels.image}</Link>,
    input: ({ checked }) => (
      <span role="img" aria-label={checked ? labels.done : labels.open} className={styles.task}>
        {checked ? "☑" : "☐"}
      </span>
    ),
    table: ({ children }) => (
      // A wide table scrolls by itself, so the keyboard must be able to reach it.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      <div className={styles.scroll} role="group" aria-label={labels.table} tabIndex={0}>
        <table>{children}</table>
      </div>
    ),
    pre: ({ children }) => {
      const { text, language } = codeOf(children);
      return (
        <div className={styles.code} dir="ltr">
          <div className={styles.codeHead}>
            <span>{language || labels.code}</span>
            <CopyButton labels={labels} onCopy={() => onCopy(text)} />
          </div>
          {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <pre tabIndex={0} role="group" aria-label={language || labels.code}>
            <code>{text}</code>
          </pre>
        </div>
      );
    },
  };
}

const MarkdownBlock = memo(function MarkdownBlock({ text, labels, onCopy }: MarkdownBlockProps) {
  const components = useMemo(() => componentsWith(labels, onCopy), [labels, onCopy]);
  const id = useId();
  return (
    <ReactMarkdown
      remarkPlugins={[remarkGfm]}
      remarkRehypeOptions={{ clobberPrefix: `${id}-`, footnoteLabelTagName: "p" }}
      components={components}
      skipHtml={false}
    >
      {text}
    </ReactMarkdown>
  );
});

export default MarkdownBlock;
