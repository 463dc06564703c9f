import { beforeEach, expect, test, vi } from "vitest";

import { Drafts, NEW } from "./drafts";

beforeEach(() => localStorage.clear());

test("each place and each user has a draft of its own", () => {
  const drafts = new Drafts("u1");
  drafts.keep(NEW, "first");
  drafts.keep("c1", "second");
  expect(drafts.text(NEW)).toBe("first");
  expect(new Drafts("u1").text("c1")).toBe("second");
  expect(new Drafts("u2").text("c1")).toBe("");
});

test("the same input that was not confirmed goes out under the same idempotency key", () => {
  const drafts = new Drafts("u1");
  const key = drafts.attempt("c1", "Hello", "Hello");
  expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(drafts.attempt("c1", "Hello", "Hello")).toBe(key);
  expect(drafts.attempt("c1", "Hello!", "Hello!")).not.toBe(key);
});

test("the same words sent again on purpose have a new key", () => {
  const drafts = new Drafts("u1");
  const key = drafts.attempt("c1", "Hello", "Hello");
  drafts.confirm("c1", "Hello");
  expect(drafts.attempt("c1", "Hello", "Hello")).not.toBe(key);
});

test("a prompt stays in the draft until the server has it", () => {
  const drafts = new Drafts("u1");
  drafts.attempt("c1", "Hello", "Hello");
  expect(drafts.text("c1")).toBe("Hello");
  drafts.keep("c1", "typed meanwhile");
  drafts.confirm("c1", "Hello");
  expect(drafts.text("c1")).toBe("typed meanwhile");
});

test("a draft that finds no room leaves no older one in its place", () => {
  const drafts = new Drafts("u1");
  drafts.keep("c1", "short");
  const full = vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  drafts.keep("c1", "much too long");
  full.mockRestore();
  expect(drafts.text("c1")).toBe("");
});

test("a prompt that another tab has sent is told, with the place that it was sent from, and no other draft goes with it", async () => {
  const [here, there, stranger] = [new Drafts("u1"), new Drafts("u1"), new Drafts("u2")];
  const told: string[] = [];
  const stop = here.listen("c1", (prompt) => told.push(prompt));
  there.keep("c1", "typed there");
  here.keep("c1", "typed here");
  stranger.confirm("c1", "a stranger's");
  there.confirm("c2", "elsewhere");
  there.confirm("c1", "typed there");
  await vi.waitFor(() => expect(told).toEqual(["typed there"]));
  expect(here.text("c1")).toBe("typed here");
  stop();
});

test("a draft is there in another tab, and is forgotten after 30 days", () => {
  vi.useFakeTimers({ now: Date.parse("2026-11-01T00:00:00Z") });
  new Drafts("u1").keep(NEW, "for later");
  expect(sessionStorage.length).toBe(0);
  vi.setSystemTime(Date.parse("2026-11-30T00:00:00Z"));
  expect(new Drafts("u1").text(NEW)).toBe("for later");
  vi.setSystemTime(Date.parse("2026-12-02T00:00:00Z"));
  expect(new Drafts("u1").text(NEW)).toBe("");
  expect(localStorage.length).toBe(0);
  vi.useRealTimers();
});

test("what another program left in a draft's place is none", () => {
  localStorage.setItem("draft:u1:new", "{");
  expect(new Drafts("u1").text(NEW)).toBe("");
});

test("signing out leaves no draft", () => {
  new Drafts("u1").keep(NEW, "private");
  Drafts.forgetAll();
  expect(localStorage.length).toBe(0);
});
