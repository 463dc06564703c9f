/** A page for tests alone: draws every beginning of a text by the app's own part, as if it came a character at a time. */

import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";

import { Markdown, type MarkdownLabels, preloadMarkdown } from "./Markdown";

const labels: MarkdownLabels = { copy: "", copied: "", failed: "", code: "Code", table: "Table", image: "Image", done: "", open: "", whole: String };
/** Milliseconds after which the browser gets a turn: to load what it was told to, and to run it. */
const TURN = 50;

const stage = document.createElement("div");
stage.id = "root";
document.body.append(stage);
const root = createRoot(stage);

async function draw(text: string, growing: boolean): Promise<void> {
  flushSync(() => root.render(<Markdown text={text} labels={labels} onCopy={() => Promise.resolve()} growing={growing} />));
  // Whoever watches the page looks at each drawing by itself.
  await Promise.resolve();
}

/** Beginnings that the text before had in common with it are not drawn again: sorted, the texts have many.  How many were drawn. */
async function grow(texts: readonly string[]): Promise<number> {
  await Promise.all([preloadMarkdown(), import("./markdown_maths"), import("./highlight")]);
  let before = "";
  let drawn = 0;
  let turn = performance.now();
  for (const text of texts) {
    let beginning = "";
    for (const sign of text) {
      beginning += sign;
      if (before.startsWith(beginning)) continue;
      await draw(beginning, true);
      drawn += 1;
    }
    await draw(text, false);
    before = text;
    if (performance.now() - turn < TURN) continue;
    await new Promise((resolve) => setTimeout(resolve));
    turn = performance.now();
  }
  return drawn;
}

Object.assign(window, { grow });
