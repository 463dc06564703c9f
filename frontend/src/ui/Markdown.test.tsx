import { render, screen } from "@testing-library/react";
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

test("links open elsewhere and tell nothing of where they came from", async () => {
  await shown("[out](https://example.org)");
  const link = screen.getByRole("link", { name: "out" });
  expect(link).toHaveAttribute("target", "_blank");
  expect(link).toHaveAttribute("rel", "noopener noreferrer");
});

test.each(["javascript:alert(1)", "data:text/html,x", "vbscript:x", "JaVaScRiPt:x"])("a link to %s is text", async (url) => {
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
