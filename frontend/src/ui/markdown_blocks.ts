const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/;
const OUTER_FENCE = /^(?:`{3}|~{3})/;
const DEFINITION = /^ {0,3}\[[^\]]+\]:/;
const LIST_ITEM = /^ {0,3}(?:[-+*]|\d{1,9}[.)])(?:\s|$)/;
const FORMULA = /^(?:\$\$|\\\[)/;

/**
 * Cut Markdown into runs of top-level blocks that can be rendered one by one, so that while text is added only the
 * last one is parsed again.  A cut is made around a fence that is not indented, and at a blank line that no construct can
 * reach across: outside fences and displayed formulas, and before a line that is neither indented nor a list item.  Text
 * with link or footnote definitions stays whole.
 */
export function markdownBlocks(text: string): string[] {
  const blocks: string[] = [];
  let block: string[] = [];
  let fence: string | null = null;
  let formula: string | null = null;
  let blank = false;
  let closed = false;
  for (const line of text.split("\n")) {
    const opens = fence === null && OUTER_FENCE.test(line) && fenceAfter(null, line) !== null;
    if (opens) formula = null;
    if (fence === null && formula === null) {
      if (DEFINITION.test(line)) return [text];
      const cuts: boolean = opens || (closed && line.trim() !== "") || (blank && beginsBlock(line));
      if (cuts && block.length > 0) {
        blocks.push(block.join("\n"));
        block = [];
      }
      closed = closed && !cuts;
    }
    const before: string | null = fence;
    if (formula === null) fence = fenceAfter(fence, line);
    if (fence === null && before === null) formula = formulaAfter(formula, line);
    if (before !== null && fence === null) closed = OUTER_FENCE.test(block[0] ?? "");
    blank = fence === null && formula === null && line.trim() === "";
    block.push(line);
  }
  if (block.some((line) => line.trim() !== "")) blocks.push(block.join("\n"));
  return blocks;
}

export interface Fenced {
  code: string;
  language: string;
  /** Whether its end is still to come. */
  open: boolean;
}

/** The code of a block that is a fence and nothing else, as those of `markdownBlocks` are; null for others. */
export function fencedCode(block: string): Fenced | null {
  if (!OUTER_FENCE.test(block)) return null;
  const lines = block.split("\n");
  let fence = fenceAfter(null, lines[0] ?? "");
  if (fence === null) return null;
  const end = lines.findIndex((line, index) => index > 0 && (fence = fenceAfter(fence, line)) === null);
  if (end !== -1 && lines.slice(end + 1).some((line) => line.trim() !== "")) return null;
  const language = /^[`~]+\s*([^\s`~{]+)/.exec(lines[0] ?? "")?.[1] ?? "";
  return { code: lines.slice(1, end === -1 ? undefined : end).join("\n"), language, open: end === -1 };
}

function beginsBlock(line: string): boolean {
  return /^\S/.test(line) && !LIST_ITEM.test(line);
}

/** The marker of the fence that is open after this line, null outside of one. */
export function fenceAfter(open: string | null, line: string): string | null {
  const match = FENCE.exec(line);
  const marker = match?.[1];
  if (marker === undefined) return open;
  if (open === null) return marker.startsWith("`") && (match?.[2] ?? "").includes("`") ? null : marker;
  const closes = marker[0] === open[0] && marker.length >= open.length && (match?.[2] ?? "").trim() === "";
  return closes ? null : open;
}

/** The mark that closes the displayed formula that is open after this line, null outside of one. */
function formulaAfter(open: string | null, line: string): string | null {
  if (open !== null) return line.includes(open) ? null : open;
  const mark = FORMULA.exec(line)?.[0];
  if (mark === undefined) return null;
  const closing = mark === "$$" ? "$$" : "\\]";
  return line.includes(closing, 2) ? null : closing;
}
