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
  /** The same by its group: what it stands in, with others. */
  readonly #groups = new Map<Element, Set<Element>>();
  /** The groups that are near: the browser is asked about each element of these alone. */
  readonly #nearGroups = new Set<Element>();
  /** What is near; what came near last is drawn first. */
  readonly #near = new Set<Element>();
  #watching: IntersectionObserver | null = null;
  #frame = 0;
  #held = false;

  /** The view in which it scrolls; null when it goes. */
  readonly within = (view: Element | null): void => {
    this.#watching?.disconnect();
    this.#nearGroups.clear();
    this.#watching = view === null ? null : new IntersectionObserver((seen) => this.#note(seen), { root: view, rootMargin: AHEAD });
    for (const group of this.#groups.keys()) this.#watching?.observe(group);
  };

  /** Have it drawn when it comes near.  The answer takes it back. */
  await(element: Element, draw: () => void): () => void {
    const group = element.parentElement;
    if (group === null) return () => undefined;
    this.#waiting.set(element, draw);
    const others = this.#groups.get(group);
    if (others) others.add(element);
    else this.#groups.set(group, new Set([element]));
    if (!others) this.#watching?.observe(group);
    else if (this.#nearGroups.has(group)) this.#watching?.observe(element);
    return () => this.#forget(element, group);
  }

  #forget(element: Element, group: Element): void {
    this.#waiting.delete(element);
    this.#near.delete(element);
    this.#watching?.unobserve(element);
    const others = this.#groups.get(group);
    others?.delete(element);
    if (others?.size !== 0) return;
    this.#groups.delete(group);
    this.#nearGroups.delete(group);
    this.#watching?.unobserve(group);
  }

  #note(seen: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of seen) {
      const group = this.#groups.get(target);
      if (group) this.#noteGroup(target, group, isIntersecting);
      else if (isIntersecting && this.#waiting.has(target)) this.#near.add(target);
      else this.#near.delete(target);
    }
    this.#ask();
  }

  /** Leave the frames to something else for a while: drawing and what still comes in above would slow each other down. */
  hold(held: boolean): void {
    this.#held = held;
    this.#ask();
  }

  #ask(): void {
    if (this.#near.size > 0 && this.#frame === 0 && !this.#held) this.#frame = requestAnimationFrame(() => this.#draw());
  }

  #noteGroup(group: Element, elements: ReadonlySet<Element>, near: boolean): void {
    if (near) this.#nearGroups.add(group);
    else this.#nearGroups.delete(group);
    for (const element of elements) {
      if (near) this.#watching?.observe(element);
      else this.#watching?.unobserve(element);
      if (!near) this.#near.delete(element);
    }
  }

  #draw(): void {
    const begun = performance.now();
    this.#frame = 0;
    for (const element of [...this.#near].reverse()) {
      const draw = this.#waiting.get(element);
      if (element.parentElement) this.#forget(element, element.parentElement);
      if (draw) flushSync(draw);
      if (performance.now() - begun > BUDGET) break;
    }
    this.#ask();
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
