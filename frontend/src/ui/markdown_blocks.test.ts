import { expect, test } from "vitest";

import { fencedCode, markdownBlocks } from "./markdown_blocks";

test("paragraphs are blocks of their own", () => {
  expect(markdownBlocks("One\n\nTwo\nthree")).toEqual(["One\n", "Two\nthree"]);
});

test("a fence is never cut, open or closed", () => {
  const fence = "```python\na = 1\n\nb = 2\n";
  expect(markdownBlocks(`Text\n\n${fence}`)).toEqual(["Text\n", fence]);
  expect(markdownBlocks(`${fence}\`\`\`\n\nText`)).toEqual([`${fence}\`\`\`\n`, "Text"]);
});

test("a longer fence holds a shorter one", () => {
  const fence = "````\n```\n\nstill code\n````";
  expect(markdownBlocks(fence)).toEqual([fence]);
});

test("a loose list stays one list", () => {
  const list = "1. One\n\n2. Two\n\n   more of two";
  expect(markdownBlocks(list)).toEqual([list]);
});

test("text with link definitions stays whole", () => {
  const text = "See [this].\n\n[this]: https://example.org";
  expect(markdownBlocks(text)).toEqual([text]);
});

test("joined again, no text is lost", () => {
  const text = "# A\n\nB\n\n\n- c\n\nD";
  expect(markdownBlocks(text).join("\n")).toBe(text);
});

test("blocks that were whole stay the same while text is added", () => {
  const text = "# Title\n\nOne\n\n```\ncode\n```\n\n- a\n- b\n\nEnd";
  for (let length = 1; length <= text.length; length += 1) {
    const blocks = markdownBlocks(text.slice(0, length));
    const whole = markdownBlocks(text);
    expect(whole.slice(0, blocks.length - 1)).toEqual(blocks.slice(0, -1));
  }
});

test("a fence is a block of its own, whatever touches it", () => {
  const fence = "```js\nlet x;\n```";
  expect(markdownBlocks(`Text\n${fence}\nmore`)).toEqual(["Text", fence, "more"]);
  expect(fencedCode(fence)).toEqual({ code: "let x;", language: "js", open: false });
  expect(fencedCode("```js\nlet")).toEqual({ code: "let", language: "js", open: true });
  expect(fencedCode("~~~\n```\n~~~\n")).toEqual({ code: "```", language: "", open: false });
  expect(fencedCode("Text")).toBeNull();
});

test("a fence in a list stays in it", () => {
  const list = "- one\n\n  ```\n  code\n  ```\n  more of one";
  expect(markdownBlocks(list)).toEqual([list]);
});

test("a displayed formula is not cut at its blank lines", () => {
  for (const formula of ["$$\na\n\nb\n$$", "\\[\na\n\nb\n\\]"]) expect(markdownBlocks(`${formula}\n\nText`)).toEqual([`${formula}\n`, "Text"]);
});
