import { useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";

/** Milliseconds of one frame that drawing may take: half of it. */
export const BUDGET = 8;
/** How far from the view a reply is drawn: whoever scrolls should find it done. */
const AHEAD = "150% 0px";

/**
 * Draws what comes near the view, as much in each frame as it has time for.  What is far stands there as plain text: it is
 * found, read out and copied, and costs next to nothing.
 */
export class Drawing {
  /** What is not drawn yet, and how it is. */
  readonly #waiting = new Map<Element, () => void>();
  /** Of these, what is near; what came near last is drawn first. */
  readonly #near = new Set<Element>();
  #watching: IntersectionObserver | null = null;
  #frame = 0;

  /** The view in which it scrolls; null when it goes. */
  readonly within = (view: Element | null): void => {
    this.#watching?.disconnect();
    this.#watching = view === null ? null : new IntersectionObserver((seen) => this.#note(seen), { root: view, rootMargin: AHEAD });
    for (const element of this.#waiting.keys()) this.#watching?.observe(element);
  };

  /** Have it drawn when it comes near.  The answer takes it back. */
  await(element: Element, draw: () => void): () => void {
    this.#waiting.set(element, draw);
    this.#watching?.observe(element);
    return () => this.#forget(element);
  }

  #forget(element: Element): void {
    this.#waiting.delete(element);
    this.#near.delete(element);
    this.#watching?.unobserve(element);
  }

  #note(seen: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of seen) {
      if (isIntersecting && this.#waiting.has(target)) this.#near.add(target);
      else this.#near.delete(target);
    }
    if (this.#near.size > 0 && this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    const begun = performance.now();
    for (const element of [...this.#near].reverse()) {
      const draw = this.#waiting.get(element);
      this.#forget(element);
      if (draw) flushSync(draw);
      if (performance.now() - begun > BUDGET) break;
    }
    this.#frame = this.#near.size > 0 ? requestAnimationFrame(() => this.#draw()) : 0;
  }
}

/** Whether to draw an element in full: from the start where it is in sight then, or since it came near. */
export function useDrawn(drawing: Drawing, inSight: boolean) {
  const element = useRef<HTMLElement>(null);
  const [drawn, setDrawn] = useState(inSight);
  useEffect(() => {
    if (drawn || element.current === null) return;
    return drawing.await(element.current, () => setDrawn(true));
  }, [drawing, drawn]);
  return { element, drawn };
}
