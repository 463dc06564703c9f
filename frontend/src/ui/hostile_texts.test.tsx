import { render } from "@testing-library/react";
import { expect, test } from "vitest";

import { en } from "@/messages/en";

import { HOST, hostileTexts, MARK } from "./hostile_texts";
import { Markdown } from "./Markdown";

await Promise.all([import("./MarkdownBlock"), import("./markdown_maths"), import("./highlight")]);

const TEXTS = hostileTexts(5000);
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

test("none of 5,000 hostile texts becomes anything that runs or loads", async () => {
  const { container, rerender } = render(part("a"));
  await expect.poll(() => container.querySelector("p[class]")).toBeNull();
  for (let start = 0; start < TEXTS.length; start += 25) {
    rerender(<>{TEXTS.slice(start, start + 25).map((text) => <div key={text}>{part(text)}</div>)}</>);
    expect(dangers(container)).toEqual([]);
  }
  expect(MARK in window).toBe(false);
}, 60_000);

test("nor does any beginning of one, while it is streamed a character at a time", () => {
  const { container, rerender } = render(part(""));
  for (const text of TEXTS.filter((_, index) => index % 250 === 0)) {
    for (let end = 1; end <= text.length; end += 1) {
      rerender(part(text.slice(0, end), true));
      expect(dangers(container)).toEqual([]);
    }
  }
  expect(MARK in window).toBe(false);
}, 60_000);

test("nor do any of the 5,000, cut off where a stream may have come to", () => {
  const { container, rerender } = render(part("a"));
  for (let start = 0; start < TEXTS.length; start += 50) {
    const batch = TEXTS.slice(start, start + 50);
    for (const share of [0.35, 0.8]) {
      // Somewhere else in each text, and in the same places on every run.
      const cut = (text: string, index: number) => text.slice(0, Math.ceil(text.length * ((share + (start + index) * 0.6180339) % 1)));
      rerender(<>{batch.map((text, index) => <div key={text}>{part(cut(text, index), true)}</div>)}</>);
      expect(dangers(container)).toEqual([]);
    }
  }
  expect(MARK in window).toBe(false);
}, 120_000);
