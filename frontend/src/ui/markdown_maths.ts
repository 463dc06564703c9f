import rehypeKatex from "rehype-katex";
import remarkMath from "remark-math";

// MathML alone: browsers draw it themselves, screen readers read it, and nothing needs an inline style or a font.
export const remarkMaths = [remarkMath];
export const rehypeMaths: [typeof rehypeKatex, Parameters<typeof rehypeKatex>[0]][] = [
  [rehypeKatex, { output: "mathml", trust: false, strict: "ignore", maxSize: 20, maxExpand: 500, errorColor: "currentColor" }],
];
