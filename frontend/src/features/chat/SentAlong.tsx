import { lazy, Suspense, useState } from "react";

import { useMessages } from "@/messages/messages";
import { Fold } from "@/ui/Fold";

import type { Chat } from "./chat";
import styles from "./SentAlong.module.css";

/** Few open it.  A page that cannot fetch it says so, and fetches it when it is opened again after a reload. */
const SentMessages = lazy(() => import("./SentMessages").catch(() => ({ default: NoMessages })));

interface SentAlongProps {
  chat: Chat;
  conversationId: string;
  count: number;
  /** The reader looks at it: the view stays where it is, however much it grows. */
  onToggle: () => void;
}

/** What was said before a conversation was begun here, folded: its texts are asked for when it is opened. */
export function SentAlong({ chat, conversationId, count, onToggle }: SentAlongProps) {
  const words = useMessages().chat.sentAlong;
  const [open, setOpen] = useState(false);
  return (
    <div className={styles.frame}>
      <Fold
        label={words.count(count)}
        className={styles.ask}
        open={open}
        onToggle={() => {
          onToggle();
          setOpen(!open);
        }}
      >
        {open ? (
          <Suspense fallback={<p role="status">{words.loading}</p>}>
            <SentMessages chat={chat} conversationId={conversationId} />
          </Suspense>
        ) : null}
      </Fold>
    </div>
  );
}

function NoMessages() {
  return <p role="status">{useMessages().chat.sentAlong.failed}</p>;
}
