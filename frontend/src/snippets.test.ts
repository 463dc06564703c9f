import { expect, test } from "vitest";

import { snippetsFor } from "./snippets";

const doors = { graphql: "/house/graphql", v1: "/house/v1" };

test("every snippet asks this server, under its base path and renamed paths", () => {
  const found = snippetsFor("https://chat.example.org", doors);
  expect(found.map(({ name }) => name)).toEqual(["curl", "Python", "JavaScript", "GraphQL"]);
  for (const { code } of found) expect(code).toMatch(/https:\/\/chat\.example\.org\/house\/(v1|graphql)/);
});

test("a new key stands in every snippet, and without one a word in its place", () => {
  for (const { code } of snippetsFor("http://a", doors, "cas_secret")) expect(code).toContain("cas_secret");
  for (const { code } of snippetsFor("http://a", doors)) expect(code).toMatch(/\$KEY|"(Bearer )?KEY"/);
});

test("what a snippet sends is JSON", () => {
  for (const { code } of snippetsFor("http://a", doors)) {
    const sent = /-d '(.*)'$/m.exec(code)?.[1];
    if (sent !== undefined) expect(() => JSON.parse(sent) as unknown).not.toThrow();
  }
});
