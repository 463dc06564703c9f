import type { ViewerQuery } from "./graphql/generated/graphql";
import type { Urls } from "./urls";

type Viewer = ViewerQuery["viewer"];

export interface PageEntry {
  /** Also its word in `messages.navigation` where it stands in the navigation. */
  name: string;
  /** The first is the page's own; the others lead to it as well. */
  urls: (urls: Urls) => readonly string[];
  /** Whether addresses below are its own too: one part, such as an id, or any number, such as a name with slashes. */
  below: "nothing" | "one" | "any";
  /** Whether it stands within the app-wide frame.  The chat has a sidebar of its own. */
  framed: boolean;
  inNavigation: boolean;
  /** The page of the navigation that it belongs to, where it does not stand there itself. */
  within: string | null;
  mayOpen: (viewer: Viewer) => boolean;
}

const everyone = () => true;
const page = <N extends string>(name: N, urls: PageEntry["urls"], rest: Partial<Omit<PageEntry, "name" | "urls">> = {}) => ({
  name,
  urls,
  below: "nothing" as const,
  framed: true,
  inNavigation: false,
  within: null,
  mayOpen: everyone,
  ...rest,
});

/**
 * Every page for whoever is signed in, in the order of the navigation.  The routes, the navigation, the command palette,
 * the accessibility story and the screenshots read this; `routes/page_parts.ts` has each page's component and icon.
 */
export const PAGES = [
  page("chat", ({ chat, recall }) => [chat, recall], { below: "one", framed: false, inNavigation: true }),
  page("accounts", ({ accounts }) => [accounts], {
    below: "any",
    inNavigation: true,
    mayOpen: ({ viewerCanSeeAccounts }) => viewerCanSeeAccounts,
  }),
  page("users", ({ users }) => [users], {
    below: "one",
    inNavigation: true,
    mayOpen: ({ viewerCanSeeUsers }) => viewerCanSeeUsers,
  }),
  page("use", ({ use }) => [use], { inNavigation: true }),
  page("settings", ({ settings }) => [settings], { inNavigation: true }),
  page("accessToken", ({ accessToken }) => [accessToken], { within: "settings" }),
  page("addUser", ({ addUser }) => [addUser], { within: "users", mayOpen: ({ viewerCanIssueKeys }) => viewerCanIssueKeys }),
] as const;

export type PageName = (typeof PAGES)[number]["name"];

/**
 * What the router matches: the page's addresses and those below, which it gets as `id`.  A page that the settings put
 * below another one, such as /users/new below /users, is that page and no id.
 */
export function patternOf({ urls, below }: PageEntry, all: Urls): RegExp {
  const own = urls(all);
  const others = PAGES.flatMap((page) => page.urls(all)).filter((url) => own.some((each) => url.startsWith(`${each}/`)));
  const not = others.length === 0 ? "" : `(?!(?:${others.map(literally).join("|")})(?:/|$))`;
  const rest = { nothing: "", one: "(?:/(?<id>[^/]+))?", any: "(?:/(?<id>.*))?" }[below];
  return new RegExp(`^${not}(?:${own.map(literally).join("|")})${rest}/?$`);
}

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
