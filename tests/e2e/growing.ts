import { extname } from "node:path";

import { expect, type Page } from "@playwright/test";
import { build } from "vite";

const ENTRY = new URL("../../frontend/src/ui/growing_page.tsx", import.meta.url).pathname;
const SETTINGS = new URL("../../frontend/vite.config.ts", import.meta.url).pathname;

const TYPES: Record<string, string> = { "": "text/html", ".js": "text/javascript", ".css": "text/css" };

/** Open `growing_page`, built as the app is, on the server's origin and under the policy of its pages. */
export async function openGrowing(page: Page): Promise<void> {
  const built = await build({
    configFile: SETTINGS,
    logLevel: "error",
    build: { write: false, rolldownOptions: { input: ENTRY, output: { entryFileNames: "entry.js", codeSplitting: true } } },
  });
  const files = new Map([["", '<!doctype html><head><script type="module" src="entry.js"></script></head><body></body>']]);
  for (const { output } of [built].flat().filter((each) => "output" in each)) {
    for (const file of output) files.set(file.fileName, file.type === "chunk" ? file.code : file.source.toString());
  }
  const policy = (await page.request.get("/chat")).headers()["content-security-policy"] ?? "";
  expect(policy).not.toBe("");
  await page.route("**/growing/**", (route) => {
    const name = new URL(route.request().url()).pathname.replace("/growing/", "");
    const contentType = TYPES[extname(name)];
    const body = files.get(name);
    if (body === undefined || contentType === undefined) return route.abort();
    return route.fulfill({ contentType, body, headers: { "Content-Security-Policy": policy } });
  });
  await page.goto("/growing/");
  await page.waitForFunction(() => "grow" in window);
}

/** How many beginnings of these texts were drawn. */
export function grow(page: Page, texts: readonly string[]): Promise<number> {
  return page.evaluate((some) => (window as unknown as { grow: (texts: readonly string[]) => Promise<number> }).grow(some), texts);
}
