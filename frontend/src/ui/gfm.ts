import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

interface Extensions {
  micromarkExtensions?: unknown[];
  fromMarkdownExtensions?: unknown[];
}

// Made once: they hold nothing of a text, and a text that grows is read with them over and over.
const SYNTAX = gfm();
const TREE = gfmFromMarkdown();

/** Tables, task lists, footnotes: what remark-gfm adds, without its other half, which writes Markdown. */
export function readGfm(this: { data: () => object }): void {
  const data = this.data() as Extensions;
  (data.micromarkExtensions ??= []).push(SYNTAX);
  (data.fromMarkdownExtensions ??= []).push(TREE);
}
