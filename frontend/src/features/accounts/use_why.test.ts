import { renderHook } from "@testing-library/react";
import { expect, test } from "vitest";

import { en } from "@/messages/en";

import { useWhy } from "./use_why";

const why = (whyCode: string | null, source: "RECORD" | "SETTINGS" = "RECORD", health: "NEEDS_ATTENTION" | "RESTING" = "NEEDS_ATTENTION") =>
  renderHook(() => useWhy({ health, why: "It was refused.", whyCode, source })).result.current;

test("an account that needs attention says what its admin does about it", () => {
  for (const code of Object.keys(en.accounts.attention)) {
    expect(en.errors).toHaveProperty(code);
    expect(why(code)?.todo).toMatch(/\w/);
  }
  expect(why("wrong_password")?.todo).toMatch(/“Change”/);
  expect(why("wrong_password", "SETTINGS")?.todo).toMatch(/settings\.yaml/);
  expect(why("human_check_required")?.todo).toMatch(/Wake/);
});

test("what passes by itself asks nothing of an admin, and an unknown reason is the server's", () => {
  expect(why("upstream_rate_limited", "RECORD", "RESTING")?.todo).not.toMatch(/Wake|remove/);
  expect(why(null)).toEqual({ what: "The server says: It was refused.", todo: "" });
});
