import type { Page } from "@playwright/test";

import { settingsFrom } from "../../../frontend/src/settings";
import { urlsFrom } from "../../../frontend/src/urls";
import { documentOf } from "../documents";
import { expect } from "../story";
import type { House, Stage, Who } from "./stage";

export const urls = urlsFrom(settingsFrom(null));

/** Something worth seeing. */
export interface Shot {
  /** What stands in its file's name behind the page's. */
  name: string;
  /** The page itself, which is shown in both themes at each width, not only a state of it. */
  whole?: true;
  /** So much like another that it is looked at, not kept. */
  alike?: true;
  /** On which server, `main` unless said. */
  house?: House;
  /** Who looks at it, an admin unless said. */
  who?: Who;
  /** Where it is found, at the page's own address unless said. */
  at?: string;
  /** What has to be so before the page is opened. */
  before?: (page: Page, stage: Stage) => Promise<unknown>;
  /** From the page as it opens to what is to be seen. */
  reach: (page: Page, stage: Stage) => Promise<void>;
  /** The same in German, where it is worth seeing in it. */
  abroad?: (page: Page, stage: Stage) => Promise<void>;
  /** Leaves the server as it was. */
  leave?: (page: Page, stage: Stage) => Promise<void>;
}

export const opened = (page: Page) => expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();

const DOORS = /\/graphql(\/stream)?$/;

/** What asks for the document gets no answer. */
export async function silent(page: Page, document: string): Promise<void> {
  await page.route(DOORS, (route) => (documentOf(route.request()).includes(document) ? undefined : route.continue()));
}

async function broken(page: Page, document: string): Promise<void> {
  await page.route(DOORS, (route) => (documentOf(route.request()).includes(document) ? route.abort() : route.continue()));
}

/** How a page looks while what it asks for first is awaited, and where that fails. */
export function unready(document: string, words: { loading: string; failed: string }, rest: Partial<Shot> = {}): readonly Shot[] {
  return [
    {
      name: "loading",
      before: (page) => silent(page, document),
      reach: async (page) => {
        const shown = page.getByRole("status").filter({ hasText: words.loading }).first();
        await expect(shown).toBeAttached();
        await page.waitForTimeout(400); // a skeleton waits before it shows itself, and a page's code comes first
        await shown.scrollIntoViewIfNeeded();
      },
      ...rest,
    },
    {
      name: "failed",
      before: (page) => broken(page, document),
      reach: async (page) => {
        await expect(page.getByText(words.failed)).toBeVisible({ timeout: 20_000 });
        await page.getByRole("button", { name: "Try again" }).first().scrollIntoViewIfNeeded();
      },
      ...rest,
    },
  ];
}

