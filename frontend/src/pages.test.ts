import { expect, test } from "vitest";

import { PAGES, patternOf } from "./pages";
import { settingsFrom } from "./settings";
import { urlsFrom } from "./urls";

const urls = urlsFrom(settingsFrom('{"base": "/house/", "paths": {"users": "/people"}}'));
const entry = (name: string) => {
  const found = PAGES.find((page) => page.name === name);
  if (found === undefined) throw new Error(name);
  return found;
};
const idIn = (name: string, path: string) => patternOf(entry(name), urls).exec(path)?.groups?.["id"];

test("a page has its own addresses under the base path, and those below it that are its own", () => {
  expect(idIn("chat", "/house/chat/c1")).toBe("c1");
  expect(patternOf(entry("chat"), urls).test("/house/recall")).toBe(true);
  expect(patternOf(entry("chat"), urls).test("/house/chat/c1/more")).toBe(false);
  expect(idIn("accounts", "/house/accounts/a/b")).toBe("a/b");
  expect(idIn("users", "/house/people/u1")).toBe("u1");
  expect(patternOf(entry("use"), urls).test("/house/use/more")).toBe(false);
});

test("no address leads to two pages", () => {
  for (const page of PAGES) {
    for (const url of page.urls(urls)) {
      expect(PAGES.filter((other) => patternOf(other, urls).test(url)).map(({ name }) => name)).toEqual([page.name]);
    }
  }
});

test("a page that is put below another one is found there, and is no id of that", () => {
  const nested = urlsFrom(settingsFrom('{"paths": {"users": "/users", "addUser": "/users/new", "chat": "/c", "accounts": "/c/accounts"}}'));
  const at = (path: string) => PAGES.filter((page) => patternOf(page, nested).test(path)).map(({ name }) => name);
  expect(at("/users/new")).toEqual(["addUser"]);
  expect(at("/users/newcomer")).toEqual(["users"]);
  expect(at("/c/accounts")).toEqual(["accounts"]);
  expect(at("/c/accounts/one")).toEqual(["accounts"]);
  expect(at("/c/c1")).toEqual(["chat"]);
});

test("a key that may not see accounts or users has no such pages", () => {
  const viewer = { id: "u", name: "user", role: "USER", plus: false, viewerCanSeeAccounts: false, viewerCanManageAccounts: false, viewerCanSeeUsers: false, viewerCanIssueKeys: false, viewerCanIssueClientKeys: false } as const;
  expect(PAGES.filter((page) => page.inNavigation && page.mayOpen(viewer)).map(({ name }) => name)).toEqual(["chat", "use", "settings"]);
});
