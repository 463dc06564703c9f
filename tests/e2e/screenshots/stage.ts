import type { Browser, BrowserContextOptions, Page } from "@playwright/test";

import { Server } from "../server";
import { expect, prompt } from "../story";
import { startUpstream, type Upstream } from "../upstream";
import { furnish } from "./houses";

export type House = "main" | "pair" | "fleet" | "own" | "fresh";
export type Who = "admin" | "client" | "user" | "stranger";

export const NAMES: Record<Who, string> = { admin: "Ada", client: "Harbour bot", user: "Bob", stranger: "" };

/** The servers of one place, each started when it is first needed, and who is signed in to them. */
export class Stage {
  readonly #servers = new Map<House, Promise<Server>>();
  readonly #keys = new Map<string, Promise<string>>();
  readonly #pages = new Map<string, Promise<Page>>();
  readonly #made = new Map<string, Promise<string>>();
  #upstream: Upstream | null = null;

  constructor(
    private readonly browser: Browser,
    private readonly options: BrowserContextOptions,
  ) {}

  get isPhone(): boolean {
    return (this.options.viewport?.width ?? 0) < 800;
  }

  server(house: House): Promise<Server> {
    return once(this.#servers, house, async () => {
      if (house === "own") this.#upstream ??= await startUpstream();
      const { accounts, more } = furnish(house, this.#upstream);
      return Server.start(accounts, `screenshots-${house}`, more);
    });
  }

  /** A token of an account that is no server's. */
  get token(): string {
    return this.#upstream?.tokens[0] ?? "";
  }

  key(house: House, who: Who): Promise<string> {
    return once(this.#keys, `${house} ${who}`, async () => (await this.server(house)).key(NAMES[who], who === "stranger" ? "user" : who));
  }

  /** The page of whoever it is, with what the shot before left behind cleared away. */
  async page(house: House, who: Who): Promise<Page> {
    const page = await once(this.#pages, `${house} ${who}`, async () => {
      const context = await this.browser.newContext({ ...this.options, baseURL: (await this.server(house)).url });
      if (who !== "stranger") await context.request.post("/session", { data: { key: await this.key(house, who) } });
      return context.newPage();
    });
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await page.evaluate(() => sessionStorage.clear()).catch(() => null);
    return page;
  }

  /** What an operation of GraphQL answers. */
  async graphql<T = unknown>(house: House, who: Who, query: string, variables: object = {}): Promise<T> {
    const page = await this.page(house, who);
    const answer = await page.request.post("/graphql", { headers: await this.bearer(house, who), data: { query, variables } });
    const { data, errors } = (await answer.json()) as { data: T; errors?: unknown };
    expect(errors, query).toBeUndefined();
    return data;
  }

  /** The address of what was made for a picture, made when the first one needs it. */
  made(what: string, make: () => Promise<string>): Promise<string> {
    return once(this.#made, what, make);
  }

  async bearer(house: House, who: Who): Promise<Record<string, string>> {
    return { Authorization: `Bearer ${await this.key(house, who)}` };
  }

  async stop(): Promise<void> {
    for (const page of this.#pages.values()) await (await page).context().close();
    for (const server of this.#servers.values()) await (await server).stop();
    this.#upstream?.process.stdin?.end();
  }
}

function once<K, V>(made: Map<K, Promise<V>>, key: K, make: () => Promise<V>): Promise<V> {
  const known = made.get(key) ?? make();
  made.set(key, known);
  return known;
}

/** On a phone the sidebar is a drawer. */
export async function withSidebar(page: Page, stage: Stage): Promise<void> {
  await expect(prompt(page)).toBeVisible();
  if (stage.isPhone) await page.getByRole("button", { name: "Show conversations" }).click();
}

/** What goes on while a picture is taken comes to its end, so that the account is free for the next one. */
export async function stopped(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Stop the reply" }).click();
  await expect(page.getByText("Stopped", { exact: true }).last()).toBeVisible();
}

