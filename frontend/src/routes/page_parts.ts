import { ChartColumn, type LucideIcon, MessageSquare, Server, Settings, UsersRound } from "lucide-react";
import { type ComponentType, lazy } from "react";

import type { Messages } from "@/messages/messages";
import { PAGES, type PageName } from "@/pages";

import { ChatPage } from "./ChatPage";
import { UnloadedPage } from "./PlainPages";

interface PageParts {
  Component: ComponentType;
  /** For the navigation and the command palette; null where it stands in neither. */
  shown: { icon: LucideIcon; label: (messages: Messages) => string } | null;
}

/** What few people open is not part of the first load. */
const later = (load: () => Promise<{ default: ComponentType }>) => lazy(() => load().catch(() => ({ default: UnloadedPage })));

export const PARTS: Record<PageName, PageParts> = {
  chat: { Component: ChatPage, shown: { icon: MessageSquare, label: ({ navigation }) => navigation.chat } },
  accounts: {
    Component: later(() => import("./AccountsPage")),
    shown: { icon: Server, label: ({ navigation }) => navigation.accounts },
  },
  users: {
    Component: later(() => import("./UsersPage")),
    shown: { icon: UsersRound, label: ({ navigation }) => navigation.users },
  },
  use: {
    Component: later(() => import("./UsePage")),
    shown: { icon: ChartColumn, label: ({ navigation }) => navigation.use },
  },
  settings: {
    Component: later(() => import("./SettingsPage")),
    shown: { icon: Settings, label: ({ navigation }) => navigation.settings },
  },
  accessToken: { Component: later(() => import("./AccessTokenPage")), shown: null },
  addUser: { Component: later(() => import("./AddUserPage")), shown: null },
};

/** The pages of the navigation that a viewer may open. */
export function navigationOf(viewer: Parameters<(typeof PAGES)[number]["mayOpen"]>[0]) {
  return PAGES.flatMap((page) => {
    const { shown } = PARTS[page.name];
    return page.inNavigation && shown !== null && page.mayOpen(viewer) ? [{ page, ...shown }] : [];
  });
}
