/** The secrets that came along in the address.  An access token is not a key: it signs nobody in. */
export interface Arrival {
  link: string | null;
  key: string | null;
  accessToken: string | null;
}

const KEYS = ["user", "admin", "client"];

/** Take every secret out of the address bar and the history, and hand them over. */
export function takeArrival(): Arrival {
  const url = new URL(window.location.href);
  const fragment = new URLSearchParams(url.hash.slice(1));
  const arrival = {
    link: fragment.get("link"),
    key: KEYS.map((name) => url.searchParams.get(name)).find(Boolean) ?? null,
    accessToken: url.searchParams.get("access_token"),
  };
  const present = [...KEYS, "access_token"].filter((name) => url.searchParams.has(name));
  if (present.length === 0 && !fragment.has("link")) return arrival;
  for (const name of present) url.searchParams.delete(name);
  if (fragment.has("link")) url.hash = "";
  window.history.replaceState(window.history.state, "", url.pathname + url.search + url.hash);
  return arrival;
}
