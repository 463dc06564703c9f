import { X } from "lucide-react";
import { useEffect, useRef } from "react";
import { Link } from "wouter";

import { useMessages } from "@/messages/messages";
import { Badge } from "@/ui/Badge";
import { Button, IconButton } from "@/ui/Button";
import { Hidden } from "@/ui/Hidden";
import { Notice } from "@/ui/Notice";
import { Older } from "@/ui/Older";
import { Skeleton } from "@/ui/Skeleton";

import type { Listed, ListState } from "./conversation_list";
import { byDay } from "./days";
import styles from "./Sidebar.module.css";

interface ConversationDaysProps {
  state: ListState;
  currentId: string | null;
  writing: ReadonlySet<string>;
  conversationUrl: (id: string) => string;
  onChosen: () => void;
  onRemove: (item: Listed) => void;
  onOlder: () => void;
  onRetry: () => void;
}

export function ConversationDays(props: ConversationDaysProps) {
  const { state, onOlder, onRetry } = props;
  const words = useMessages().conversations;
  const retry = useMessages().retry;
  const days = byDay(state.items, new Date(), words.days);
  return (
    <>
      {days.map((day) => (
        <section key={day.label} className={styles.day} aria-label={day.label}>
          <h3 className={styles.dayLabel}>{day.label}</h3>
          <ul className={styles.items}>
            {day.items.map((item) => (
              <ConversationRow key={item.id} item={item} {...props} />
            ))}
          </ul>
        </section>
      ))}
      {state.status === "loading" || state.status === "untouched" ? <Skeleton label={words.loading} /> : null}
      {state.status === "failed" ? (
        <Notice what={words.failed} tone="failed">
          <Button onClick={onRetry}>{retry}</Button>
        </Notice>
      ) : null}
      {state.status === "ready" && state.next !== null ? <Older key={state.next} onOlder={onOlder} /> : null}
      {state.status === "ready" && state.items.length === 0 ? (
        <div className={styles.empty}>
          <p>{words.empty}</p>
          <p className={styles.emptyHelp}>{words.emptyHelp}</p>
        </div>
      ) : null}
    </>
  );
}

interface ConversationRowProps extends Omit<ConversationDaysProps, "state" | "onOlder" | "onRetry"> {
  item: Listed;
}

function ConversationRow({ item, currentId, writing, conversationUrl, onChosen, onRemove }: ConversationRowProps) {
  const words = useMessages().conversations;
  const current = item.id === currentId;
  const title = item.title || words.untitled;
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (current) row.current?.scrollIntoView({ block: "nearest" });
  }, [current]);
  return (
    <li ref={row} className={styles.row} data-current={current}>
      <Link
        href={conversationUrl(item.id)}
        className={styles.link ?? ""}
        aria-current={current ? "page" : undefined}
        title={new Date(item.updatedAt).toLocaleString(words.days.language)}
        onClick={onChosen}
      >
        <span className={styles.title} dir="auto">{title}</span>
        {writing.has(item.id) ? (
          <Badge tone="active">
            <Hidden>{words.writing}</Hidden>
          </Badge>
        ) : null}
      </Link>
      <IconButton
        id={`remove-${item.id}`}
        label={words.remove(title)}
        className={styles.remove ?? ""}
        onClick={() => onRemove(item)}
      >
        <X size={16} aria-hidden="true" />
      </IconButton>
    </li>
  );
}
