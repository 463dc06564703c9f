import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

/** Pixels from the end within which the reader counts as being there. */
const NEAR = 48;

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
    const near = () => view.scrollHeight - view.scrollTop - view.clientHeight <= NEAR;
    const noteScroll = () => {
      // A smaller view (a keyboard, a growing composer) also scrolls; that is not the reader leaving.
      if (view.clientHeight !== height) return;
      following.current = near();
      setAtEnd(following.current);
    };
    const noteSize = () => {
      height = view.clientHeight;
      if (following.current) view.scrollTo({ top: view.scrollHeight });
      setAtEnd(near());
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
