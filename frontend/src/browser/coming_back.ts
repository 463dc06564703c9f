/** Milliseconds within which a tab that is shown and its window that is entered are one. */
const ONCE = 1000;

/** Calls `look` whenever the reader comes back to the page: from another tab, or from another window beside it. */
export function onComingBack(look: () => void): () => void {
  let last = -ONCE;
  const back = () => {
    if (document.visibilityState !== "visible" || performance.now() - last < ONCE) return;
    last = performance.now();
    look();
  };
  document.addEventListener("visibilitychange", back);
  window.addEventListener("focus", back);
  return () => {
    document.removeEventListener("visibilitychange", back);
    window.removeEventListener("focus", back);
  };
}
