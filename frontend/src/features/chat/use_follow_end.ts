import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

/** Pixels from the end within which the reader counts as being there. */
const NEAR = 48;
/** Pixels that a browser may be off when it rounds. */
const ROUNDED = 2;

interface FollowEnd {
  atEnd: boolean;
  goToEnd: () => void;
  /** Leave the view where it is, also while it grows. */
  stay: () => void;
}

/**
 * Keeps the end of a growing column in view while the reader is there, and never moves it otherwise.  `place` names the
 * conversation: another one is shown from its end.  Where none has `begun` there is no end to go to.
 */
export function useFollowEnd(view: HTMLElement | null, place: string, begun: boolean): FollowEnd {
  const [atEnd, setAtEnd] = useState(true);
  const following = useRef(true);

  const goToEnd = useCallback(() => {
    following.current = true;
    view?.scrollTo({ top: view.scrollHeight });
  }, [view]);

  const stay = useCallback(() => {
    following.current = false;
  }, []);

  useLayoutEffect(() => {
    if (begun) goToEnd();
    else following.current = false;
  }, [goToEnd, place, begun]);

  useEffect(() => {
    if (view === null) return;
    let height = view.clientHeight;
    let top = view.scrollTop;
    let whole = view.scrollHeight;
    const left = () => view.scrollHeight - view.scrollTop - view.clientHeight;
    const noteScroll = () => {
      // What became shorter moves the view up as well.
      const up = view.scrollTop < top && view.scrollHeight >= whole;
      [top, whole] = [view.scrollTop, view.scrollHeight];
      // A smaller view (a keyboard, a growing composer) also scrolls; that is not the reader leaving.
      if (view.clientHeight !== height) return;
      // Whoever goes up leaves the end with the first step: a slow hand would otherwise be brought back after each.
      following.current = left() <= (up ? ROUNDED : NEAR);
      setAtEnd(left() <= NEAR);
    };
    const noteSize = () => {
      height = view.clientHeight;
      if (following.current) view.scrollTo({ top: view.scrollHeight });
      [top, whole] = [view.scrollTop, view.scrollHeight];
      setAtEnd(left() <= NEAR);
    };
    const sizes = new ResizeObserver(noteSize);
    sizes.observe(view);
    if (view.firstElementChild) sizes.observe(view.firstElementChild);
    view.addEventListener("scroll", noteScroll, { passive: true });
    return () => {
      sizes.disconnect();
      view.removeEventListener("scroll", noteScroll);
    };
  }, [view]);

  return { atEnd: atEnd || !begun, goToEnd, stay };
}
