import type { Page } from "@playwright/test";

/** Milliseconds between frames while something went on, and the tasks that held the page up. */
export interface Frames {
  seconds: number;
  p50: number;
  p95: number;
  longTasks: number;
  longest: number;
}

interface Watching {
  frames: number[];
  tasks: number[];
  opened: number | null;
}

/** Note each frame and each task over 50 ms of every page from now on, and when `text` was first drawn in the transcript. */
export async function watchFrames(page: Page, text: string): Promise<void> {
  await page.addInitScript((awaited) => {
    const watching: Watching = { frames: [], tasks: [], opened: null };
    Object.assign(window, { watching });
    new PerformanceObserver((list) => watching.tasks.push(...list.getEntries().map((entry) => entry.duration))).observe({ type: "longtask" });
    const frame = (now: number) => {
      watching.frames.push(now);
      if (watching.opened === null && document.getElementById("transcript")?.textContent.includes(awaited)) watching.opened = performance.now();
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }, text);
}

/** Milliseconds from the navigation to the frame with the awaited text. */
export function openedIn(page: Page): Promise<number> {
  return page.evaluate(() => Math.round((window as unknown as { watching: Watching }).watching.opened ?? NaN));
}

/** The frames while `happens` happens. */
export async function framesOf(page: Page, happens: () => Promise<void>): Promise<Frames> {
  await page.evaluate(() => Object.assign((window as unknown as { watching: Watching }).watching, { frames: [], tasks: [] }));
  const begun = Date.now();
  await happens();
  const { frames, tasks } = await page.evaluate(() => (window as unknown as { watching: Watching }).watching);
  const gaps = frames.slice(1).map((now, index) => now - (frames[index] ?? now)).sort((a, b) => a - b);
  const at = (part: number) => Math.round(gaps[Math.floor(gaps.length * part)] ?? NaN);
  const longest = Math.round(Math.max(0, ...tasks));
  return { seconds: Math.round((Date.now() - begun) / 1000), p50: at(0.5), p95: at(0.95), longTasks: tasks.length, longest };
}
