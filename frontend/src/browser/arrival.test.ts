import { beforeEach, expect, test } from "vitest";

import { takeArrival } from "./arrival";

const at = (path: string) => window.history.replaceState(null, "", path);
const shown = () => window.location.pathname + window.location.search + window.location.hash;

beforeEach(() => at("/"));

test("a one-time link leaves the address", () => {
  at("/sign-in#link=SECRET");
  expect(takeArrival().link).toBe("SECRET");
  expect(shown()).toBe("/sign-in");
});

test.each(["user", "admin", "client"])("the key of ?%s= leaves the address, the rest of it stays", (name) => {
  at(`/chat?a=1&${name}=KEY&b=2#part`);
  expect(takeArrival().key).toBe("KEY");
  expect(shown()).toBe("/chat?a=1&b=2#part");
});

test("an access token leaves the address and is no key", () => {
  at("/chat?access_token=TOKEN");
  expect(takeArrival()).toEqual({ link: null, key: null, accessToken: "TOKEN" });
  expect(shown()).toBe("/chat");
});

test("empty parameters are taken out as well", () => {
  at("/chat?user=&admin=KEY");
  expect(takeArrival().key).toBe("KEY");
  expect(shown()).toBe("/chat");
});
