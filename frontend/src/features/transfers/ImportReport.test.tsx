import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";

import { ImportReport } from "./ImportReport";

test("all that was not taken is there, with its count and examples, in the server's words where we have none", () => {
  const notTaken = [{ code: "new_reason", sentence: "It is too odd.", count: 3, examples: ["First one"] }];
  render(<ImportReport name="export.zip" report={{ conversations: 1, turns: 2, known: 1, notTaken, leftOut: [{ what: "images", count: 14 }] }} />);
  const report = screen.getByRole("status");
  expect(report).toHaveTextContent("From export.zip: 1 conversation with 2 turns imported.");
  expect(report).toHaveTextContent("1 conversation was here already");
  expect(report).toHaveTextContent("3: It is too odd.First oneand 2 more");
  expect(report).toHaveTextContent("14: images");
  expect(report).not.toHaveTextContent("Nothing was left out");
});
