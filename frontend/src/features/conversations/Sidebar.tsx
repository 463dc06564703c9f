import { PanelLeftClose, Search as SearchIcon, SquarePen, X } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useRef } from "react";
import { Link } from "wouter";
import { useStore } from "zustand";

import { useMessages } from "@/messages/messages";
import { Button, buttonClass, IconButton } from "@/ui/Button";
import { lazyDialog } from "@/ui/lazily";
import { Notice } from "@/ui/Notice";

import type { ConversationList } from "./conversation_list";
import { ConversationDays } from "./ConversationDays";
import { ALL } from "./list_view";
import type { Search } from "./search";
import { SearchHits } from "./SearchHits";
import styles from "./Sidebar.module.css";
import { type ExportFormat, HEADING, useRowActions } from "./use_row_actions";
import { UndoToast } from "./UndoToast";
import { nameOf, ViewMenu } from "./ViewMenu";

const TagsDialog = lazyDialog(() => import("./TagsDialog"));

interface SidebarProps {
  list: ConversationList;
  search: Search;
  currentId: string | null;
  /** Conversations in which a reply is being written. */
  writing: ReadonlySet<string>;
  urls: {
    chat: string;
    conversation: (id: string) => string;
    turn: (conversationId: string, turnId: string | null) => string;
    exported: (format: ExportFormat, conversationId: string) => string;
  };
  /** Called when a place was chosen, so that a drawer can close. */
  onChosen: () => void;
  /** Hides all of it; null in a drawer, which closes by itself. */
  onHide: (() => void) | null;
  onRenamed: (id: string, title: string) => void;
  onRemoved: (id: string) => void;
  onRestored: (id: string) => void;
  footer: ReactNode;
}

const LONGEST_SEARCH = 200;
export const SEARCH_FIELD = "search-conversations";

export function Sidebar({ list, search, currentId, writing, urls, footer, onHide, ...on }: SidebarProps) {
  const words = useMessages().conversations;
  const state = useStore(list.store);
  const looking = useStore(search.store);
  const found = useRef<HTMLElement>(null);
  const rows = useRowActions(list, { exportUrl: urls.exported, ...on });
  const { view } = state;
  const searching = looking.text.trim() !== "";

  return (
    <div className={styles.sidebar}>
      <div className={styles.top}>
        <div className={styles.head}>
          <h2 id={HEADING} className={styles.heading} tabIndex={-1}>
            {words.heading}
          </h2>
          {onHide === null ? null : (
            <IconButton label={words.hide} onClick={onHide}>
              <PanelLeftClose size={18} aria-hidden="true" />
            </IconButton>
          )}
          <ViewMenu list={list} onRestless={() => void list.loadTags()} />
        </div>
        <Link href={urls.chat} className={buttonClass("secondary", styles.begin)} onClick={on.onChosen}>
          <SquarePen size={16} aria-hidden="true" />
          {words.begin}
        </Link>
        <div className={styles.search} role="search">
          <SearchIcon size={16} aria-hidden="true" />
          <input
            id={SEARCH_FIELD}
            className={styles.field}
            type="text"
            enterKeyHint="search"
            dir="auto"
            value={looking.text}
            maxLength={LONGEST_SEARCH}
            placeholder={words.search.label}
            aria-label={words.search.label}
            onChange={(event) => search.type(event.target.value)}
            onKeyDown={inField}
          />
          {looking.text === "" ? null : (
            <IconButton label={words.search.clear} className={styles.clear ?? ""} onClick={clear}>
              <X size={16} aria-hidden="true" />
            </IconButton>
          )}
        </div>
        {view.kind === "all" || searching ? null : (
          <div className={styles.view}>
            <span className={styles.viewName} dir="auto">{nameOf(view, words.views)}</span>
            <Button look="quiet" onClick={() => list.show(ALL)}>{words.views.back}</Button>
          </div>
        )}
        {rows.failure && rows.tagging === null ? <Notice tone="failed" announce {...rows.failure} /> : null}
      </div>
      {/* The arrow keys go from link to link, as Tab does; whoever does not know that misses nothing. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <nav ref={found} className={styles.list} aria-labelledby={HEADING} onKeyDown={amongLinks}>
        {searching ? (
          <SearchHits
            state={looking}
            url={urls.turn}
            onChosen={(hit) => {
              search.pick(hit);
              on.onChosen();
            }}
            onMore={() => void search.more()}
            onRetry={() => void search.again()}
          />
        ) : (
          <ConversationDays
            state={state}
            currentId={currentId}
            writing={writing}
            editing={rows.editing}
            conversationUrl={urls.conversation}
            actions={rows.actions}
            onOlder={() => void list.loadOlder()}
            onRetry={() => void (state.next === null ? list.refresh() : list.loadOlder())}
          />
        )}
      </nav>
      <UndoToast list={list} />
      <div className={styles.footer}>{footer}</div>
      {rows.tagging ? (
        <TagsDialog
          list={list}
          item={rows.tagging}
          failure={rows.failure}
          onChange={rows.retag}
          onClose={() => rows.setTagging(null)}
        />
      ) : null}
    </div>
  );

  function clear() {
    search.type("");
    document.getElementById(SEARCH_FIELD)?.focus();
  }

  function inField(event: KeyboardEvent) {
    const first = found.current?.querySelector("a");
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape" && looking.text !== "") {
      // Only this: a drawer stays open, and a reply is not stopped.
      event.stopPropagation();
      event.preventDefault();
      clear();
    } else if (event.key === "ArrowDown" && first) {
      event.preventDefault();
      first.focus();
    } else if (event.key === "Enter" && searching && looking.found === looking.text) first?.click();
  }

  function amongLinks(event: KeyboardEvent) {
    const step = event.altKey ? 0 : event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0 || event.defaultPrevented || !(event.target instanceof HTMLAnchorElement)) return;
    const links = [...(found.current?.querySelectorAll<HTMLElement>("a:not([role])") ?? [])];
    const at = links.indexOf(event.target);
    if (at === -1) return;
    event.preventDefault();
    (links[at + step] ?? (step < 0 ? document.getElementById(SEARCH_FIELD) : null))?.focus();
  }
}
