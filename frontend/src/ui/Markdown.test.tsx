import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import { en } from "@/messages/en";

import { Markdown } from "./Markdown";

async function shown(text: string) {
  const { container } = render(<Markdown text={`${text}\n\nend`} labels={en.markdown} onCopy={() => Promise.resolve()} />);
  // The renderer is loaded lazily; its paragraph of plain text holds all of the source.
  await screen.findByText((content) => content === "end");
  return container;
}

test("HTML in a reply is text", async () => {
  const container = await shown('<script>alert(1)</script> <b onclick="x()">b</b>\n\n<iframe src="https://example.org"></iframe>');
  expect(container.querySelector("script, b, iframe")).toBeNull();
  expect(container).toHaveTextContent("<script>");
});

test("an image is a link, so that nothing is loaded from elsewhere", async () => {
  const container = await shown("![A cat](https://example.org/cat.png)");
  expect(container.querySelector("img")).toBeNull();
  expect(screen.getByRole("link", { name: "A cat" })).toHaveAttribute("href", "https://example.org/cat.png");
});

test("a picture that is a link is one link", async () => {
  const container = await shown("[![A cat](https://example.org/cat.png)](https://example.org/cats)");
  expect(container.querySelectorAll("a")).toHaveLength(1);
  expect(screen.getByRole("link", { name: "A cat" })).toHaveAttribute("href", "https://example.org/cats");
});

test("links open elsewhere and tell nothing of where they came from", async () => {
  await shown("[out](https://example.org)");
  const link = screen.getByRole("link", { name: "out" });
  expect(link).toHaveAttribute("target", "_blank");
  expect(link).toHaveAttribute("rel", "noopener noreferrer nofollow");
});

test.each(["javascript:alert(1)", "data:text/html,x", "vbscript:x", "JaVaScRiPt:x", "//example.org", "/session", "#top"])("a link to %s is text", async (url) => {
  await shown(`[bad](${url})`);
  expect(screen.queryByRole("link")).toBeNull();
});

test("tables, code and tasks are rendered", async () => {
  await shown("| a | b |\n|---|--:|\n| 1 | 2 |\n\n```js\nlet x;\n```\n\n- [x] did it");
  expect(screen.getByRole("columnheader", { name: "a" })).toBeInTheDocument();
  expect(screen.getByRole("group", { name: "js" })).toHaveTextContent("let x;");
  expect(screen.getByRole("img", { name: "Done" })).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Copy code" })).toBeInTheDocument();
});

test("code has its language's colours, and code of no known language has none", async () => {
  await shown("```js\nlet x = 1;\n```\n\n```nonsense\nlet y;\n```");
  await waitFor(() => expect(screen.getByText("let", { selector: ".hljs-keyword" })).toBeInTheDocument());
  expect(screen.getByRole("group", { name: "js" })).toHaveTextContent("let x = 1;");
  expect(screen.getByRole("group", { name: "nonsense" }).querySelector("span")).toBeNull();
});

test("a megabyte of code is plain, its end is shown when asked for", async () => {
  const code = "let x = 1;\n".repeat(100_000);
  await shown(`\`\`\`js\n${code}\`\`\``);
  const group = screen.getByRole("group", { name: "js" });
  expect(group.querySelector("span")).toBeNull();
  expect(group.textContent.length).toBe(200_000);
  await userEvent.click(screen.getByRole("button", { name: "Show all 1,099,999 characters" }));
  expect(group.textContent.length).toBe(1_099_999);
});

test.each([
  ["$a^2$", "inline"],
  ["\\(a^2\\)", "inline"],
  ["$$\na\n= b^2\n- c\n$$", "block"],
  ["\\[ a^2 \\]", "block"],
  ["- x\n\n  \\[\n  a^2\n  + b\n  \\]", "block"],
])("the formula %j is MathML", async (text, display) => {
  const container = await shown(text);
  await waitFor(() => expect(container.querySelector("math")).not.toBeNull());
  expect(container.querySelector("math msup")).not.toBeNull();
  expect(container.querySelector("math")?.getAttribute("display") ?? "inline").toBe(display);
  expect(container.querySelector("[style]")).toBeNull();
});

test("prices, code and escaped dollars are no formulas", async () => {
  const container = await shown("From $5 to $6, `$a$`, \\$a$ and US$ 3.\n\n```sh\necho $a $b\n```");
  expect(container.querySelector("math")).toBeNull();
  expect(container).toHaveTextContent("From $5 to $6, $a$, $a$ and US$ 3.");
  expect(container).toHaveTextContent("echo $a $b");
});

test("a formula that makes no sense is shown as it was written", async () => {
  const container = await shown("$\\frac{$ and $$\\href{javascript:alert(1)}{x}$$");
  await waitFor(() => expect(container.querySelector("math")).not.toBeNull());
  expect(screen.getByText("\\frac{", { selector: "code" })).toBeInTheDocument();
  expect(container.querySelector("a, [href]")).toBeNull();
});

test("each part of a reply has the direction of its words", async () => {
  const container = await shown("- שלום\n- two\n\n> مرحبا\n\n## Title");
  for (const part of container.querySelectorAll("ul, blockquote, h3")) expect(part).toHaveAttribute("dir", "auto");
});

test("while a reply grows, what is finished is left alone", async () => {
  const finished = "# Title\n\n| a |\n|---|\n| $x$ |\n\n```js\nlet x;\n```\n\n";
  const more = "Some **bold** text.\n\n\\[ x + y \\]\n\n1. one\n2. two";
  const part = (text: string) => <Markdown text={text} labels={en.markdown} onCopy={() => Promise.resolve()} growing />;
  const { container, rerender } = render(part(`${finished}${more.slice(0, 1)}`));
  await waitFor(() => expect(container.querySelectorAll("math, .hljs-keyword").length).toBe(2));
  const parts = [...(container.firstElementChild?.children ?? [])].slice(0, 3);
  const seen: MutationRecord[] = [];
  const watch = new MutationObserver((records) => seen.push(...records));
  for (const each of parts) watch.observe(each, { subtree: true, childList: true, characterData: true, attributes: true });
  for (let end = 2; end <= more.length; end += 1) rerender(part(finished + more.slice(0, end)));
  expect([...(container.firstElementChild?.children ?? [])].slice(0, 3)).toEqual(parts);
  expect([...seen, ...watch.takeRecords()]).toEqual([]);
});
