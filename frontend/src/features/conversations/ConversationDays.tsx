import { useMemo } from "react";

import { useNow } from "@/browser/now";
import { useMessages } from "@/messages/messages";
import { Button } from "@/ui/Button";
import { Notice } from "@/ui/Notice";
import { Older } from "@/ui/Older";
import { Skeleton } from "@/ui/Skeleton";

import type { ListState } from "./conversation_list";
import { ConversationRow } from "./ConversationRow";
import { byDay, grouped } from "./days";
import styles from "./Sidebar.module.css";
import type { RowActions } from "./use_row_actions";

const MINUTE = 60_000;

interface ConversationDaysProps {
  state: ListState;
  currentId: string | null;
  writing: ReadonlySet<string>;
  editing: string | null;
  conversationUrl: (id: string) => string;
  actions: RowActions;
  onOlder: () => void;
  onRetry: () => void;
}

export function ConversationDays({ state, currentId, writing, editing, conversationUrl, actions, onOlder, onRetry }: ConversationDaysProps) {
  const { conversations: words, retry } = useMessages();
  const { items, view, status, next } = state;
  // A page that stays open comes to another day.
  const today = new Date(useNow(MINUTE)).toDateString();
  const days = useMemo(
    () => (view.kind === "all" ? grouped : byDay)(items, new Date(today), words.days),
    [items, view, today, words],
  );
  const empty = words.empty[view.kind];
  return (
    <>
      {days.map((day) => (
        <section key={day.label} className={styles.day} aria-label={day.label}>
          <h3 className={styles.dayLabel}>{day.label}</h3>
          <ul className={styles.items}>
            {day.items.map((item) => (
              <ConversationRow
                key={item.id}
                item={item}
                url={conversationUrl(item.id)}
                current={item.id === currentId}
                writing={writing.has(item.id)}
                editing={item.id === editing}
                actions={actions}
              />
            ))}
          </ul>
        </section>
      ))}
      {status === "loading" || status === "untouched" ? <Skeleton label={words.loading} /> : null}
      {status === "failed" ? (
        <Notice what={words.failed} tone="failed">
          <Button onClick={onRetry}>{retry}</Button>
        </Notice>
      ) : null}
      {status === "ready" && next !== null ? <Older key={next} onOlder={onOlder} /> : null}
      {status === "ready" && items.length === 0 && next === null ? (
        <div className={styles.empty}>
          <p>{empty.title}</p>
          <p className={styles.emptyHelp}>{empty.help}</p>
        </div>
      ) : null}
    </>
  );
}
