import { createContext, memo, type ReactElement, type ReactNode, useContext, useId, useMemo } from "react";
import ReactMarkdown, { type Components } from "react-markdown";

import { CodeBlock } from "./CodeBlock";
import { Formula, useMaths } from "./Formula";
import { readGfm } from "./gfm";
import type { MarkdownLabels } from "./Markdown";
import styles from "./Markdown.module.css";
import { fencedCode } from "./markdown_blocks";
import { markMaths } from "./math_marks";

/** Characters of one block beyond which it is shown as it is: parsing it would hold up the page. */
const RICH_UP_TO = 40_000;

const Growing = createContext(false);
const InLink = createContext(false);

interface MarkdownBlockProps {
  text: string;
  labels: MarkdownLabels;
  onCopy: (text: string) => Promise<void>;
  /** Whether more text is to come in this block. */
  growing: boolean;
}

/** Addresses that a link may have: whole ones, of a page or of a mailbox. */
function linkable(url: string): string {
  return /^(?:https?:\/\/|mailto:)/i.test(url) ? url : "";
}

/** Links leave the app in a tab of their own; footnote marks and whatever else points into the page stay text. */
function Link({ href, children }: { href?: string | undefined; children?: ReactNode }) {
  // A picture that stands in a link has become one too: the outer one counts.
  const inLink = useContext(InLink);
  if (!href || inLink) return <span>{children}</span>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      <InLink value>{children}</InLink>
    </a>
  );
}

interface CodeProps {
  className?: string | undefined;
  children?: ReactNode;
}

function codeOf({ className, children }: CodeProps): { code: string; language: string; displayed: boolean } {
  const language = /language-(\S+)/.exec(className ?? "")?.[1] ?? "";
  const code = typeof children === "string" ? children.replace(/\n$/, "") : "";
  return { code, language, displayed: / math-display/.test(className ?? "") };
}

/** Each takes its direction from the first word in it; what is inside follows line by line, by the style sheet. */
function directed(Tag: "ul" | "ol" | "blockquote" | "p" | "h3" | "h4" | "h5" | "h6") {
  return function Directed({ children, start }: { children?: ReactNode; start?: number | undefined }) {
    return (
      <Tag dir="auto" {...(Tag === "ol" && start !== undefined ? { start } : {})}>
        {children}
      </Tag>
    );
  };
}

function componentsWith(labels: MarkdownLabels, onCopy: MarkdownBlockProps["onCopy"]): Components {
  return {
    a: Link,
    ul: directed("ul"),
    ol: directed("ol"),
    blockquote: directed("blockquote"),
    // A reply's headings come below those of the page and of the turn.  Whichever of the first three levels a reply begins
    // with, and many begin with the third, the outline has no hole.
    h1: directed("h3"),
    h2: directed("h3"),
    h3: directed("h3"),
    h4: directed("h4"),
    h5: directed("h5"),
    h6: directed("h6"),
    img: ({ src, alt }) => <Link href={typeof src === "string" ? src : undefined}>{alt || labels.image}</Link>,
    input: ({ checked }) => (
      <span role="img" aria-label={checked ? labels.done : labels.open} className={styles.task}>
        {checked ? "☑" : "☐"}
      </span>
    ),
    table: ({ children }) => (
      // A wide table scrolls by itself, so the keyboard must be able to reach it.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      <div className={styles.scroll} role="group" aria-label={labels.table} tabIndex={0} dir="auto">
        <table>{children}</table>
      </div>
    ),
    pre: function Pre({ children }) {
      const growing = useContext(Growing);
      const { code, language, displayed } = codeOf((children as ReactElement<CodeProps>).props);
      if (displayed) return <Formula tex={code} displayed />;
      return <CodeBlock code={code} language={language} growing={growing} labels={labels} onCopy={onCopy} />;
    },
    code: (props) => {
      if (!/ math-inline/.test(props.className ?? "")) return <code>{props.children}</code>;
      return <Formula tex={codeOf(props).code} displayed={false} />;
    },
  };
}

const MarkdownBlock = memo(function MarkdownBlock({ text, labels, onCopy, growing }: MarkdownBlockProps) {
  const fenced = useMemo(() => fencedCode(text), [text]);
  if (fenced !== null) {
    const { code, language, open } = fenced;
    return <CodeBlock code={code} language={language} growing={growing && open} labels={labels} onCopy={onCopy} />;
  }
  if (text.length > RICH_UP_TO) return <Plain text={text} />;
  return (
    <Growing value={growing}>
      <Rich text={text} labels={labels} onCopy={onCopy} growing={growing} />
    </Growing>
  );
});

function Rich({ text, labels, onCopy, growing }: MarkdownBlockProps) {
  const components = useMemo(() => componentsWith(labels, onCopy), [labels, onCopy]);
  const id = useId();
  const marked = useMemo(() => markMaths(text, growing), [text, growing]);
  const maths = useMaths(marked.maths);
  if (marked.maths && maths === null) return <Plain text={text} />;
  return (
    <>
      <ReactMarkdown
        remarkPlugins={maths === null ? [readGfm] : [readGfm, ...maths.remarkMaths]}
        remarkRehypeOptions={{ clobberPrefix: `${id}-`, footnoteLabelTagName: "p" }}
        components={components}
        urlTransform={linkable}
        skipHtml={false}
      >
        {marked.text}
      </ReactMarkdown>
      {marked.open === "" ? null : <Plain text={marked.open} />}
    </>
  );
}

function Plain({ text }: { text: string }) {
  return <p className={styles.plain}>{text}</p>;
}

export default MarkdownBlock;
