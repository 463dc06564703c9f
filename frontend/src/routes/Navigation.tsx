import { Link, useLocation } from "wouter";

import type { Viewer } from "@/features/session/session";
import { useMessages } from "@/messages/messages";
import { PAGES, patternOf } from "@/pages";

import { useApp } from "./context";
import styles from "./Navigation.module.css";
import { navigationOf } from "./page_parts";

interface NavigationProps {
  viewer: Viewer;
  /** In a row on top of a page, as a list, or in pairs below another list. */
  shape: "row" | "list" | "pairs";
  onChosen?: () => void;
}

/** The app's pages, as far as the viewer may open them. */
export function Navigation({ viewer, shape, onChosen }: NavigationProps) {
  const { urls } = useApp();
  const messages = useMessages();
  const [path] = useLocation();
  const here = PAGES.find((page) => patternOf(page, urls).test(path));
  const pages = navigationOf(viewer).filter(({ page }) => shape !== "pairs" || page.name !== "chat");
  return (
    <nav aria-label={messages.navigation.label}>
      <ul className={`${styles.pages} ${styles[shape] ?? ""}`}>
        {pages.map(({ page, icon: Icon, label }) => (
          <li key={page.name}>
            <Link
              href={page.urls(urls)[0] ?? urls.chat}
              className={styles.link ?? ""}
              aria-current={here === page ? "page" : here?.within === page.name ? "true" : undefined}
              onClick={onChosen}
            >
              <Icon size={18} aria-hidden="true" />
              <span className={styles.word}>{label(messages)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
