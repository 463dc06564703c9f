import katex from "katex";
import { createElement, type ReactNode } from "react";
import remarkMath from "remark-math";

export const remarkMaths = [remarkMath];

const SETTINGS = { output: "mathml", throwOnError: true, trust: false, strict: "ignore", maxSize: 20, maxExpand: 500 } as const;
/** What the content security policy would stop, or React has another name for. */
const LEFT_OUT = new Set(["style", "class", "xmlns"]);

/**
 * A formula as MathML alone: browsers draw it themselves, screen readers read it, and nothing needs an inline style or a
 * font.  Null where the TeX makes no sense.
 */
export function formula(tex: string, displayed: boolean): ReactNode {
  try {
    const markup = katex.renderToString(tex, { ...SETTINGS, displayMode: displayed }).replaceAll(/ style="[^"]*"/g, "");
    const math = new DOMParser().parseFromString(markup, "text/html").querySelector("math");
    return math === null ? null : elementOf(math, 0);
  } catch (thrown) {
    if (thrown instanceof katex.ParseError) return null;
    throw thrown;
  }
}

function elementOf(node: Node, key: number): ReactNode {
  if (!(node instanceof Element)) return node.textContent;
  const attributes = Array.from(node.attributes, ({ name, value }) => [name, value] as const);
  const kept = Object.fromEntries(attributes.filter(([name]) => !LEFT_OUT.has(name)));
  return createElement(node.localName, { ...kept, key }, ...Array.from(node.childNodes, elementOf));
}
