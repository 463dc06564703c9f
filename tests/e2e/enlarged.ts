import type { Page } from "@playwright/test";

/** What the reader does to a page that is hard to read. */
export interface Shape {
  name: string;
  width: number;
  height: number;
  /** How large the browser's own text is, of 16 as it comes. */
  text?: number;
  /** Lines, letters and words as far apart as somebody may set them (WCAG 1.4.12). */
  spaced?: boolean;
}

/** Fourfold is 320 by 256 of the 1280 by 1024 that there were (WCAG 1.4.10), the text twice as large (WCAG 1.4.4). */
export const SHAPES: readonly Shape[] = [
  { name: "enlarged fourfold", width: 320, height: 256 },
  { name: "the text twice as large on a phone", width: 360, height: 720, text: 32 },
  { name: "the text twice as large at a desk", width: 1280, height: 800, text: 32 },
  { name: "spaced out on a phone", width: 360, height: 720, spaced: true },
];

export async function reshape(page: Page, { width, height, text = 16, spaced = false }: Shape): Promise<void> {
  await page.setViewportSize({ width, height });
  const browser = await page.context().newCDPSession(page);
  await browser.send("Page.setFontSizes", { fontSizes: { standard: text } });
  await browser.detach();
  await page.evaluate((on) => {
    const sheet = new CSSStyleSheet();
    if (on) sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }");
    document.adoptedStyleSheets = [sheet];
  }, spaced);
}

/** What cannot be read: words beyond their box or the screen, and what scrolls in two directions. */
export function lost(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const told = (each: HTMLElement) => `${each.tagName} ${each.getAttribute("class") ?? ""}: ${each.innerText.slice(0, 40)}`;
    const shown = (each: Element) => {
      const { width, height } = each.getBoundingClientRect();
      return width > 1 && height > 1 && each.checkVisibility({ visibilityProperty: true });
    };
    const all = [...document.body.querySelectorAll<HTMLElement>("*")].filter(shown);
    const sideways = all.filter((each) => {
      const scrolls = ["auto", "scroll"].includes(getComputedStyle(each).overflowX);
      return scrolls && each.scrollWidth > each.clientWidth + 1 && each.querySelector(":scope > :is(table, code)") === null && each.tagName !== "TEXTAREA";
    });
    const worded = all.filter((each) => [...each.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.textContent?.trim() !== ""));
    const cut = worded.filter((each) => {
      const { display, overflowX, overflowY } = getComputedStyle(each);
      // What people named may be cut where it stands in a list.
      if (display === "inline" || each.closest("svg, math, pre, [dir=auto]") !== null) return false;
      const wide = each.scrollWidth > each.clientWidth + 1 && !["auto", "scroll"].includes(overflowX);
      return wide || (each.scrollHeight > each.clientHeight + 2 && ["hidden", "clip"].includes(overflowY));
    });
    const wide = document.documentElement.scrollWidth > window.innerWidth ? ["the page scrolls sideways"] : [];
    return [...wide, ...sideways.map((each) => `scrolls sideways: ${told(each)}`), ...cut.map((each) => `cut off: ${told(each)}`)];
  });
}

/** What is hard to hit: lower or narrower than 24 pixels, and no link in a sentence (WCAG 2.5.8). */
export function small(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    for (const each of document.querySelectorAll<HTMLElement>("a[href], button, input, select, textarea, summary")) {
      // Pressed is what stands around it, or lies over a whole row.
      const box = each.closest("label") ?? (getComputedStyle(each, "::after").position === "absolute" ? each.closest("tr, li") : null) ?? each;
      const { width, height } = box.getBoundingClientRect();
      const isShown = width > 1 && height > 1 && each.checkVisibility({ visibilityProperty: true });
      if (isShown && Math.min(width, height) < 23.9) found.push(`${each.tagName} ${each.ariaLabel ?? each.textContent}: ${String(width)} by ${String(height)}`);
    }
    return found;
  });
}
