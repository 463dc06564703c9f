import { expect, test } from "vitest";

import { wholeSentences } from "./announcements";

test.each([
  ["", ""],
  ["Half a sent", ""],
  ["One. Two", "One."],
  ["One. Two! Thr", "One. Two!"],
  ["# Title\nText", "# Title\n"],
  ["Version 1.2 is", ""],
])("of %j the part %j can be read out", (text, part) => {
  expect(wholeSentences(text)).toBe(part);
});
