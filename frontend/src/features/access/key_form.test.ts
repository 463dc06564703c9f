import { expect, test } from "vitest";

import { NEVER } from "@/ui/expiry";

import type { Key } from "./access";
import { changeOf, expiryOf, mistakesOf } from "./key_form";

const NOW = Date.parse("2026-11-24T10:00:00Z");
const KEY: Key = {
  id: "k1",
  name: "laptop",
  prefix: "cas_abc",
  createdAt: "2026-11-01T10:00:00Z",
  expiresAt: "2026-12-01T10:00:17Z",
  lastUsedAt: null,
  current: false,
  viewerCanRevoke: true,
};

test("a renamed key keeps its end to the second", () => {
  expect(changeOf(KEY, " phone ", expiryOf(KEY), NOW)).toEqual({ name: "phone" });
});

test("an end is moved or taken off by itself", () => {
  expect(changeOf(KEY, "laptop", NEVER, NOW)).toEqual({ expiresAt: null });
  expect(changeOf(KEY, "laptop", { choice: "7", date: "" }, NOW)).toEqual({ expiresAt: "2026-12-01T10:00:00.000Z" });
});

test("an expired key can be renamed, and a new one cannot begin expired", () => {
  const expired = expiryOf({ expiresAt: "2026-11-01T10:00:00Z" });
  expect(mistakesOf("old", expired, expired, NOW)).toEqual({});
  expect(mistakesOf(" ", expired, null, NOW)).toEqual({ name: { word: "missing" }, expiresAt: { word: "past" } });
  expect(mistakesOf("x".repeat(101), NEVER, null, NOW)).toEqual({ name: { word: "tooLong" } });
});
