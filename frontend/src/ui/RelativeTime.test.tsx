import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";

import { en } from "@/messages/en";

import { RelativeTime } from "./RelativeTime";
import { UiWordsProvider } from "./words";

const show = (at: string) =>
  render(
    <UiWordsProvider value={en.ui}>
      <RelativeTime at={at} />
    </UiWordsProvider>,
  );
const ahead = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

test("what happened after our clock last went is now, not to come", () => {
  show(ahead(3));
  expect(screen.getByText("now")).toBeInTheDocument();
});

test("what is to come is told as such", () => {
  show(ahead(90));
  expect(screen.getByText("in 2 minutes")).toBeInTheDocument();
});
