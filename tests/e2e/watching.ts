import type { Page } from "@playwright/test";

import { MARK } from "../../frontend/src/ui/hostile_texts";

interface Watching {
  found: string[];
  /** How often something changed in the page while a reply grew in it. */
  states: number;
}

const seen = new WeakMap<Page, string[]>();

/** Note what could run or load, what asks, what would load and what the policy stops, on each page opened from now on; `staysHome` fails on requests to elsewhere. */
export async function watch(page: Page): Promise<void> {
  const asked: string[] = [];
  seen.set(page, asked);
  page.on("dialog", (dialog) => {
    asked.push(dialog.message());
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (/^(?:data|blob|file):/.test(request.url())) asked.push(request.url());
  });
  await page.addInitScript(() => {
    const watching: Watching = { found: [], states: 0 };
    Object.assign(window, { watching });
    document.addEventListener("securitypolicyviolation", (event) => watching.found.push(`policy: ${event.blockedURI}`));
    const loads = /^(?:script|iframe|frame|object|embed|applet|img|image|picture|source|track|video|audio|portal|base|meta|link|style|mglyph|animate|set|foreignobject)$/i;
    const addresses = new Set(["href", "xlink:href", "action"]);
    const never = new Set(["src", "srcset", "srcdoc", "data", "poster", "background", "formaction", "autofocus"]);
    const look = (element: Element) => {
      if (loads.test(element.tagName)) watching.found.push(element.outerHTML);
      for (const { name, value } of element.attributes) {
        const leadsAstray = addresses.has(name) && !/^(?:https?:|mailto:|\/|\.\/)/i.test(value);
        if (name.startsWith("on") || never.has(name) || leadsAstray || (name === "style" && /url|import/i.test(value))) watching.found.push(`${name}=${value}`);
      }
    };
    // The page's own head and scripts are no part of what is shown.
    const isShown = (node: Node): node is Element => node instanceof Element && node.closest("body") !== null && node.closest("body > script") === null;
    new MutationObserver((records) => {
      if (document.querySelector("[data-growing=true]") !== null) watching.states += 1;
      for (const { type, target, addedNodes } of records) {
        if (type === "attributes") {
          if (isShown(target)) look(target);
          continue;
        }
        for (const node of addedNodes) {
          if (!isShown(node)) continue;
          look(node);
          for (const each of node.querySelectorAll("*")) look(each);
        }
      }
    }).observe(document, { subtree: true, childList: true, attributes: true });
  });
}

const watchingOf = (page: Page) => page.evaluate(() => (window as unknown as { watching: Watching }).watching);

/** What was noted, each in its own words. */
export async function found(page: Page): Promise<string[]> {
  const ran = await page.evaluate((mark) => mark in window, MARK);
  return [...(seen.get(page) ?? []), ...(await watchingOf(page)).found, ...(ran ? [MARK] : [])];
}

/** In how many states a growing reply was drawn. */
export async function statesOf(page: Page): Promise<number> {
  return (await watchingOf(page)).states;
}
