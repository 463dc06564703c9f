import { fenceAfter } from "./markdown_blocks";

/** Characters of a block beyond which formulas are not looked for. */
const LOOK_UP_TO = 20_000;
const MAY_HOLD_MATHS = /\$|\\[([]/;

// In this order: escapes and what is no formula whatever is in it, then each way to write one.
const TOKEN = new RegExp(
  [
    String.raw`\\\((?<round>[^\n]{1,2000}?)\\\)`,
    String.raw`\\\[(?<square>[\s\S]{1,4000}?)\\\]`,
    String.raw`\$\$(?<double>[\s\S]{1,4000}?)\$\$`,
    String.raw`(?<open>\$\$|\\\[)`,
    String.raw`\\[\s\S]`,
    "(?<ticks>`+)[^`](?:[\\s\\S]{0,4000}?[^`])?\\k<ticks>(?!`)",
    "`+",
    String.raw`https?://[^\s<>]+`,
    // As Pandoc has it: no blank inside the marks and no digit behind, so that prices stay prices.
    String.raw`\$(?!\s)(?<single>[^$\x60\n]{1,1000}?)(?<![\s\\])\$(?!\d)`,
    String.raw`(?<dollar>\$)`,
  ].join("|"),
  "g",
);

export interface Marked {
  /** The text with every formula between dollars, each of its own line between two of them. */
  text: string;
  maths: boolean;
  /** A displayed formula at the end that is not closed yet, with its mark. */
  open: string;
}

/**
 * Find formulas in a block of Markdown: between `$`, `$$`, `\(` and `\)`, or `\[` and `\]`, but not in code.  While it is
 * growing, a displayed one that is not closed yet is cut off.
 */
export function markMaths(block: string, growing: boolean): Marked {
  const marked: Marked = { text: block, maths: false, open: "" };
  if (block.length > LOOK_UP_TO || !MAY_HOLD_MATHS.test(block)) return marked;
  const runs = outsideFences(block);
  const last = runs.at(-1);
  marked.text = runs.map((run) => (run.fenced ? run.text : markRun(run.text, marked, growing && run === last))).join("\n");
  return marked;
}

function markRun(text: string, marked: Marked, growing: boolean): string {
  let end = 0;
  let out = "";
  for (const match of text.matchAll(TOKEN)) {
    const { round, square, double, single, open, dollar } = match.groups ?? {};
    out += text.slice(end, match.index);
    end = match.index + match[0].length;
    if (open !== undefined && growing) {
      marked.open = text.slice(match.index);
      return out;
    }
    const displayed = square ?? double;
    const inline = round ?? single;
    if (displayed !== undefined && isAlone(text, match.index, end)) out += fencedFormula(displayed, indentAt(text, match.index));
    else if (displayed !== undefined) out += `$$${oneLine(displayed)}$$`;
    else if (inline !== undefined) out += inline.includes("$") ? `$$${inline}$$` : `$${inline}$`;
    else if (open === "$$") out += "\\$\\$";
    else out += dollar === undefined ? match[0] : "\\$";
    marked.maths ||= displayed !== undefined || inline !== undefined;
  }
  return out + text.slice(end);
}

/** Whether nothing else stands on its lines. */
function isAlone(text: string, start: number, end: number): boolean {
  return indentAt(text, start).trim() === "" && /^[ \t]*(?:\n|$)/.test(text.slice(end));
}

function indentAt(text: string, start: number): string {
  return text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
}

function oneLine(formula: string): string {
  return formula.trim().replaceAll(/\s*\n\s*/g, " ");
}

/** Its lines keep clear of what would begin a list or a title in Markdown. */
function fencedFormula(formula: string, indent: string): string {
  const lines = formula.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  return ["$$", ...lines, "$$"].map((line, index) => (index === 0 ? line : indent + line)).join("\n");
}

function outsideFences(block: string): { text: string; fenced: boolean }[] {
  const runs: { lines: string[]; fenced: boolean }[] = [];
  let fence: string | null = null;
  for (const line of block.split("\n")) {
    const before: string | null = fence;
    fence = fenceAfter(fence, line.trimStart());
    const fenced = before !== null || fence !== null;
    const run = runs.at(-1);
    if (run?.fenced === fenced) run.lines.push(line);
    else runs.push({ lines: [line], fenced });
  }
  return runs.map(({ lines, fenced }) => ({ text: lines.join("\n"), fenced }));
}
