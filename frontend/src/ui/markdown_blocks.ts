const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/;
const DEFINITION = /^ {0,3}\[[^\]]+\]:/m;
const LIST_ITEM = /^ {0,3}(?:[-+*]|\d{1,9}[.)])(?:\s|$)/;

/**
 * Cut Markdown into runs of top-level blocks that can be rendered one by one, so that while text is added only the
 * last one is parsed again.  A cut is made only at a blank line that no construct can reach across: outside fences, and
 * before a line that is neither indented nor a list item.  Text with link or footnote definitions stays whole.
 */
export function markdownBlocks(text: string): string[] {
  if (DEFINITION.test(text)) return [text];
  const blocks: string[] = [];
  let block: string[] = [];
  let fence: string | null = null;
  let blank = false;
  for (const line of text.split("\n")) {
    if (fence === null && blank && block.length > 0 && beginsBlock(line)) {
      blocks.push(block.join("\n"));
      block = [];
    }
    fence = fenceAfter(fence, line);
    blank = fence === null && line.trim() === "";
    block.push(line);
  }
  if (block.some((line) => line.trim() !== "")) blocks.push(block.join("\n"));
  return blocks;
}

function beginsBlock(line: string): boolean {
  return /^\S/.test(line) && !LIST_ITEM.test(line);
}

/** The marker of the fence that is open after this line, null outside of one. */
function fenceAfter(open: string | null, line: string): string | null {
  const match = FENCE.exec(line);
  const marker = match?.[1];
  if (marker === undefined) return open;
  if (open === null) return marker.startsWith("`") && (match?.[2] ?? "").includes("`") ? null : marker;
  const closes = marker[0] === open[0] && marker.length >= open.length && (match?.[2] ?? "").trim() === "";
  return closes ? null : open;
}
