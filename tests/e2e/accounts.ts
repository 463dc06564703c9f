import type { Page } from "@playwright/test";

import { expect } from "./story";

export const table = (page: Page) => page.getByRole("table", { name: "List of accounts" });
export const row = (page: Page, name: string) => table(page).getByRole("row", { name });
export const details = (page: Page, name: string) => page.getByRole("region", { name });
export const act = (page: Page, name: string) => page.getByRole("group", { name: "Actions" }).getByRole("button", { name, exact: true });
export const field = (page: Page, label: string) => page.getByRole("textbox", { name: label });

export const change = (page: Page) => page.getByRole("group", { name: "Actions" }).getByRole("link", { name: "Change" });

export async function addLab(page: Page, name: string, values: Record<string, string>): Promise<void> {
  await page.goto("/accounts?add");
  await page.getByRole("radio", { name: "OpenAI-compatible" }).check();
  for (const [label, value] of Object.entries({ Name: name, Model: "some-model", ...values })) await field(page, label).fill(value);
  await page.getByRole("button", { name: "Add account" }).click();
  await expect(page).toHaveURL(new RegExp(`/accounts/${name}$`));
}

export async function addRehearsal(page: Page, name: string): Promise<void> {
  await page.getByRole("link", { name: "Add account" }).click();
  await page.getByRole("radio", { name: "Rehearsal" }).check();
  await field(page, "Name").fill(name);
  await page.getByRole("button", { name: "Add account" }).click();
  await expect(page).toHaveURL(new RegExp(`/accounts/${name}$`));
}
