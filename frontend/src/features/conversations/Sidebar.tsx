import { SquarePen } from "lucide-react";
import { type ReactNode, useRef, useState } from "react";
import { Link } from "wouter";
import { useStore } from "zustand";

import type { Failure } from "@/graphql/failure";
import { explain, useMessages } from "@/messages/messages";
import { buttonClass } from "@/ui/Button";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { Notice } from "@/ui/Notice";

import type { ConversationList, Listed } from "./conversation_list";
import { ConversationDays } from "./ConversationDays";
import styles from "./Sidebar.module.css";

interface SidebarProps {
  list: ConversationList;
  currentId: string | null;
  /** Conversations in which a reply is being written. */
  writing: ReadonlySet<string>;
  urls: { chat: string; conversation: (id: string) => string };
  /** Called when a place was chosen, so that a drawer can close. */
  onChosen: () => void;
  onRemoved: (id: string) => void;
  footer: ReactNode;
}

export function Sidebar({ list, currentId, writing, urls, onChosen, onRemoved, footer }: SidebarProps) {
  const messages = useMessages();
  const words = messages.conversations;
  const state = useStore(list.store);
  const [doomed, setDoomed] = useState<Listed | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const begin = useRef<HTMLAnchorElement>(null);

  async function remove(item: Listed) {
    setBusy(true);
    const failed = await list.remove(item.id);
    setBusy(false);
    setFailure(failed);
    if (failed !== null) return;
    setDoomed(null);
    onRemoved(item.id);
  }

  function ask(item: Listed) {
    setFailure(null);
    setDoomed(item);
  }

  return (
    <div className={styles.sidebar}>
      <div className={styles.top}>
        <h2 id="conversations" className={styles.heading} tabIndex={-1}>
          {words.heading}
        </h2>
        <Link href={urls.chat} ref={begin} className={buttonClass("secondary", styles.begin)} onClick={onChosen}>
          <SquarePen size={16} aria-hidden="true" />
          {words.begin}
        </Link>
      </div>
      <nav className={styles.list} aria-labelledby="conversations">
        <ConversationDays
          state={state}
          currentId={currentId}
          writing={writing}
          conversationUrl={urls.conversation}
          onChosen={onChosen}
          onRemove={ask}
          onOlder={() => void list.loadOlder()}
          onRetry={() => void (state.next === null ? list.refresh() : list.loadOlder())}
        />
      </nav>
      <div className={styles.footer}>{footer}</div>
      <ConfirmDialog
        open={doomed !== null}
        title={words.removeTitle}
        text={words.removeText(doomed?.title ?? "")}
        yes={busy ? words.removing : words.removeYes}
        no={words.removeNo}
        busy={busy}
        onYes={() => {
          if (doomed) void remove(doomed);
        }}
        onClose={() => setDoomed(null)}
        focusAfter={() => document.getElementById(`remove-${doomed?.id ?? ""}`) ?? begin.current}
      >
        {failure ? <Notice tone="failed" announce {...explain(messages, failure)} /> : null}
      </ConfirmDialog>
    </div>
  );
}
