import { render } from "@testing-library/react";
import { expect, test } from "vitest";

import { en } from "@/messages/en";

import { HOST, hostileReplies, hostileTexts, inBatchesOf, MARK, standsAlone } from "./hostile_texts";
import { Markdown } from "./Markdown";
import { markdownBlocks } from "./markdown_blocks";

await Promise.all([import("./MarkdownBlock"), import("./markdown_maths"), import("./highlight")]);

const TEXTS = hostileTexts(5000);
/** Enough to tell soon: all of them, and every beginning of each, are drawn in Chromium by tests/e2e/hostile.spec.ts. */
const SOME = TEXTS.filter((_, index) => index % 10 === 0);
const LOADS = "script, style, link, iframe, object, embed, img, video, audio, source, form, base, meta, svg, image, input, mglyph, [src], [srcset], [srcdoc], [style*='url'], [data], [formaction], [autofocus]";

const part = (text: string, growing = false) => (
  <Markdown text={text} labels={en.markdown} onCopy={() => Promise.resolve()} growing={growing} />
);

/** What in a page could run or load something. */
function dangers(container: Element): string[] {
  const found = [...container.querySelectorAll(LOADS)].filter((each) => !isOurs(each)).map((each) => each.outerHTML);
  for (const each of container.querySelectorAll("*")) {
    for (const { name, value } of each.attributes) {
      const isAddress = name === "href" || name === "action" || name === "xlink:href";
      if (name.startsWith("on") || (isAddress && !/^(?:https?:\/\/|mailto:)/i.test(value))) found.push(`${name}=${value}`);
    }
  }
  return found;
}

/** The icon on the button that copies code. */
function isOurs(element: Element): boolean {
  return element.tagName === "svg" && element.closest("button[aria-label='Copy code']") !== null;
}

test("the texts are different ones, and the same on every run", () => {
  expect(new Set(TEXTS).size).toBe(5000);
  expect(hostileTexts(50)).toEqual(TEXTS.slice(0, 50));
  expect(TEXTS.filter((text) => text.includes(MARK) || text.includes(HOST)).length).toBeGreaterThan(3000);
});

test("in a reply none of them reaches into the next", () => {
  for (const texts of inBatchesOf(100, TEXTS.filter(standsAlone))) {
    const [reply = "", ...more] = hostileReplies(texts, 100);
    expect(more).toEqual([]);
    expect(markdownBlocks(reply).filter((block) => /^\.\n/.test(`${block}\n`)).length).toBe(texts.length - 1);
  }
  expect(hostileReplies(TEXTS, 100).join("")).toContain(TEXTS.find((text) => !standsAlone(text)));
});

test("none of the hostile texts becomes anything that runs or loads", async () => {
  const { container, rerender } = render(part("a"));
  await expect.poll(() => container.querySelector("p[class]")).toBeNull();
  for (const texts of inBatchesOf(25, SOME)) {
    rerender(<>{texts.map((text) => <div key={text}>{part(text)}</div>)}</>);
    expect(dangers(container)).toEqual([]);
  }
  expect(MARK in window).toBe(false);
});

test("nor does any beginning of one, while it is streamed a character at a time", () => {
  const { container, rerender } = render(part(""));
  for (const text of SOME.filter((_, index) => index % 100 === 0)) {
    for (let end = 1; end <= text.length; end += 1) {
      rerender(part(text.slice(0, end), true));
      expect(dangers(container)).toEqual([]);
    }
  }
  expect(MARK in window).toBe(false);
});
