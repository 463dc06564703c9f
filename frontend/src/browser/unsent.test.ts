import { expect, test } from "vitest";

import { Unsent } from "./unsent";

test("a form that is left forgets what was typed", () => {
  const unsent = new Unsent();
  unsent.write("user", "Ada");
  expect(unsent.read("user")).toBe("Ada");
  unsent.leave("user");
  expect(unsent.read("user")).toBeUndefined();
});

test("what was typed waits for the one whose session ended", () => {
  const unsent = new Unsent();
  unsent.write("user", "Ada");
  unsent.hold("u1");
  unsent.leave("user");
  unsent.release("u1");
  expect(unsent.read("user")).toBe("Ada");
  unsent.leave("user");
  expect(unsent.read("user")).toBeUndefined();
});

test("a stranger who signs in instead, and whoever signed out, leave nothing behind", () => {
  for (const next of ["u2", null]) {
    const unsent = new Unsent();
    unsent.write("user", "Ada");
    unsent.hold("u1");
    unsent.leave("user");
    unsent.release(next);
    expect(unsent.read("user")).toBeUndefined();
  }
});
