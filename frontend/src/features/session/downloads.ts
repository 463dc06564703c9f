import type { Session } from "./session";

/**
 * A link to a file asks first whether the session is still there: a browser that is refused one says nothing, and the
 * reader would wait for it.
 */
export function checkedDownloads(session: Session): void {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[download][href]") : null;
    if (link === null || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    void follow(session, link.href);
  });
}

async function follow(session: Session, href: string): Promise<void> {
  if (!(await session.holds())) return;
  // Stands nowhere in the page, so that this is not asked again.
  const link = document.createElement("a");
  link.href = href;
  link.download = "";
  link.click();
}
