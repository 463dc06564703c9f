import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";

import { ImportReport } from "./ImportReport";

test("all that was not taken is there, with its count and examples, in the server's words where we have none", () => {
  const notTaken = [{ code: "new_reason", sentence: "It is too odd.", count: 3, examples: ["First one"] }];
  const whole = { conversations: 1, turns: 2, known: 1, notTaken, leftOut: [{ what: "images", count: 14 }] };
  render(<ImportReport taken={[{ name: "export.zip", report: whole }]} whole />);
  const report = screen.getByRole("status");
  expect(report).toHaveTextContent("From export.zip: 1 conversation with 2 turns imported.");
  expect(report).toHaveTextContent("1 conversation was here already");
  expect(report).toHaveTextContent("3: It is too odd.First oneand 2 more");
  expect(report).toHaveTextContent("14: images");
  expect(report).not.toHaveTextContent("Nothing was left out");
});

test("a file without conversations is called that, and nothing of it is called whole", () => {
  render(<ImportReport taken={[{ name: "empty.json", report: { conversations: 0, turns: 0, known: 0, notTaken: [], leftOut: [] } }]} whole />);
  expect(screen.getByRole("status")).toHaveTextContent(/^There are no conversations in empty.json.$/);
});

test("several files are reported as one, and nothing is called whole where one of them did not come in", () => {
  const reason = (count: number, ...examples: string[]) => ({ code: "no_id", sentence: "It has no id.", count, examples });
  const of = (turns: number, ...notTaken: ReturnType<typeof reason>[]) => ({
    name: `part ${turns}`,
    report: { conversations: 1, turns, known: 0, notTaken, leftOut: [{ what: "images", count: turns }] },
  });
  const { rerender } = render(<ImportReport taken={[of(2, reason(1, "a")), of(3, reason(3, "b", "c", "d"))]} whole />);
  const report = screen.getByRole("status");
  expect(report).toHaveTextContent("From 2 files: 2 conversations with 5 turns imported.");
  expect(report).toHaveTextContent("4: It has no id.abcand 1 more");
  expect(report).toHaveTextContent("5: images");
  const clean = { name: "c.json", report: { conversations: 1, turns: 1, known: 0, notTaken: [], leftOut: [] } };
  rerender(<ImportReport taken={[clean]} whole={false} />);
  expect(report).not.toHaveTextContent("Nothing was left out");
  rerender(<ImportReport taken={[clean]} whole />);
  expect(report).toHaveTextContent("Nothing was left out");
});
