import { expect, test } from "vitest";

import { settingsFrom } from "./settings";
import { urlsFrom } from "./urls";

test("a page without the server's settings has the default URLs", () => {
  const urls = urlsFrom(settingsFrom('{"placeholder":true}'));
  expect(urls.chat).toBe("/chat");
  expect(urls.conversation("c/1")).toBe("/chat/c%2F1");
  expect(urls.calls.graphqlStream).toBe("/graphql/stream");
});

test("a base path and renamed paths are followed", () => {
  const urls = urlsFrom(settingsFrom('{"base": "/house/", "paths": {"chat": "/talk", "session": "/me"}}'));
  expect(urls.conversation("c1")).toBe("/house/talk/c1");
  expect(urls.calls.session).toBe("/house/me");
  expect(urls.signIn).toBe("/house/sign-in");
});

test("an account's page is found by any name, and a badly encoded one stands for itself", () => {
  const urls = urlsFrom(settingsFrom('{"base": "/house/"}'));
  for (const name of ["lab", "night shift", "50% / ü", "add"]) expect(urls.accountOf(urls.account(name))).toBe(name);
  expect(urls.accountOf("/house/accounts/50%")).toBe("50%");
  expect(urls.accountOf("/house/accounts/")).toBeNull();
});
