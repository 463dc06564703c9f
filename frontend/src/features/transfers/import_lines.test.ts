import { expect, test } from "vitest";

import { ImportLines } from "./import_lines";

test("lines are read however they are cut on the way", () => {
  const lines = new ImportLines();
  lines.add('{"done":1,"to');
  expect(lines.progress).toBeNull();
  lines.add('tal":20}\n{"done":5,"total":20}\n');
  expect(lines.progress).toEqual({ done: 5, total: 20 });
  lines.add('{"report":{"conversations":3,"turns":9,"known":0,"notTaken":[],"leftOut":[]}}\n');
  expect(lines.report?.turns).toBe(9);
  expect(lines.failure).toBeNull();
});

test("an import that breaks off has no report and says why", () => {
  const lines = new ImportLines();
  lines.add('{"done":5,"total":20}\n{"error":{"code":"invalid_input","message":"The archive is damaged."}}\n');
  expect(lines.report).toBeNull();
  expect(lines.failure).toMatchObject({ code: "invalid_input", sentence: "The archive is damaged." });
});
