import { RotateCcw } from "lucide-react";
import { memo, useEffect, useRef, useState } from "react";
import { Link } from "wouter";

import { useMessages } from "@/messages/messages";
import { Badge } from "@/ui/Badge";
import { IconButton } from "@/ui/Button";
import { Hidden } from "@/ui/Hidden";

import { ConversationMenu } from "./ConversationMenu";
import styles from "./ConversationRow.module.css";
import { type Listed, momentOf } from "./list_view";
import { RenameField } from "./RenameField";
import type { RowActions } from "./use_row_actions";

interface ConversationRowProps {
  item: Listed;
  url: string;
  current: boolean;
  writing: boolean;
  editing: boolean;
  actions: RowActions;
}

/** One conversation of the list.  A list of thousands draws again only those that changed. */
export const ConversationRow = memo(function ConversationRow({ item, url, current, writing, editing, actions }: ConversationRowProps) {
  const words = useMessages().conversations;
  const title = item.title || words.untitled;
  const [open, setOpen] = useState(false);
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (current) row.current?.scrollIntoView({ block: "nearest" });
  }, [current]);
  // The title may be cut where it stands.
  const whole = `${title}\n${new Date(momentOf(item)).toLocaleString(words.days.language)}`;
  const texts = (
    <span className={styles.texts}>
      <span className={styles.title} dir="auto">{title}</span>
      {item.tags.length === 0 ? null : <span className={styles.tags} dir="auto">{item.tags.join(" · ")}</span>}
    </span>
  );
  if (item.removedAt !== null) {
    return (
      <li className={styles.row}>
        <div className={styles.link} title={whole}>{texts}</div>
        <IconButton label={words.restoreOne(title)} className={styles.act ?? ""} onClick={() => actions.restore(item)}>
          <RotateCcw size={16} aria-hidden="true" />
        </IconButton>
      </li>
    );
  }
  return (
    <li ref={row} className={styles.row} data-current={current} data-open={open}>
      {editing ? (
        <RenameField item={item} onDone={(newTitle, byKey) => actions.renamed(item, newTitle, byKey)} />
      ) : (
        <Link
          id={`conversation-${item.id}`}
          href={url}
          className={styles.link ?? ""}
          aria-current={current ? "page" : undefined}
          title={whole}
          onClick={actions.chosen}
        >
          {texts}
          {writing ? (
            <Badge tone="active">
              <Hidden>{words.writing}</Hidden>
            </Badge>
          ) : null}
        </Link>
      )}
      <ConversationMenu item={item} title={title} actions={actions} onOpen={setOpen} />
    </li>
  );
});
