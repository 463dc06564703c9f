import { expect, test } from "vitest";

import { proofIn } from "./proof";

const KEY = `cas_${"aB3".repeat(14)}xy`;

test.each([
  ["blanks and a line's end", `  ${KEY}\n`],
  ["quotes", `"${KEY}"`],
  ["a header", `Authorization: Bearer ${KEY}`],
  ["an e-mail that broke the line", `${KEY.slice(0, 20)} \r\n${KEY.slice(20)}`],
  ["words around it", `Your key is: ${KEY}. Keep it.`],
])("a key is taken out of %s", (_, pasted) => {
  expect(proofIn(pasted)).toEqual({ key: KEY });
});

test("a one-time link is one, whole or from its mark on", () => {
  for (const before of ["http://127.0.0.1:8000/base/sign-in", ""]) {
    expect(proofIn(` ${before}#link=${KEY}\n`)).toEqual({ link: KEY });
  }
});

test("a key of an older server stays as it is, but for what stands around it", () => {
  expect(proofIn(" 'my old-key!' ")).toEqual({ key: "my old-key!" });
  expect(proofIn("bearer s3cret")).toEqual({ key: "s3cret" });
});

test("nothing proves nothing", () => {
  for (const pasted of ["", " \n ", '""']) expect(proofIn(pasted)).toBeNull();
});
