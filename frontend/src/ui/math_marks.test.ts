import { expect, test } from "vitest";

import { markMaths } from "./math_marks";

const marked = (text: string) => markMaths(text, false).text;

test("every way to write a formula becomes one", () => {
  expect(marked("a \\(x\\) b")).toBe("a $x$ b");
  expect(marked("a \\[x\\] b")).toBe("a $$x$$ b");
  expect(marked("  \\[x\\]")).toBe("  $$\n  x\n  $$");
  expect(marked("\\(\\$5\\)")).toBe("$$\\$5$$");
});

test("dollars that are no formula are escaped", () => {
  expect(marked("$5 and $6")).toBe("\\$5 and \\$6");
  expect(marked("$ x $")).toBe("\\$ x \\$");
  expect(markMaths("$5 and $6", false).maths).toBe(false);
});

test("code and addresses stay as they are", () => {
  for (const text of ["`$a$`", "``a`$b$``", "- x\n  ```\n  $a$ \\(b\\)\n  ```", "https://example.org/$a$"]) expect(marked(text)).toBe(text);
});

test("a displayed formula that is not closed is cut off while text is added, and is text afterwards", () => {
  expect(markMaths("So:\n\\[ a\n= ", true)).toEqual({ text: "So:\n", maths: false, open: "\\[ a\n= " });
  expect(markMaths("So: $$ a", false)).toEqual({ text: "So: \\$\\$ a", maths: false, open: "" });
});

test("text made to be slow is not", () => {
  const begun = performance.now();
  for (const piece of ["`", "$", "\\(", "$$a", "``a", "\\["]) markMaths(piece.repeat(20_000 / piece.length), true);
  expect(performance.now() - begun).toBeLessThan(5_000);
});
