import { Link } from "wouter";

import { explain, useMessages } from "@/messages/messages";
import { Button, buttonClass } from "@/ui/Button";
import { Skeleton } from "@/ui/Skeleton";

import styles from "./ChatPane.module.css";
import type { Transcript } from "./transcript";

interface NoTurnsProps {
  transcript: Transcript | null;
  isNew: boolean;
  sending: boolean;
  rehearsing: boolean;
  chatUrl: string;
  onRetry: () => void;
  onStarter: (prompt: string) => void;
}

/** What stands where no turns are: how to begin, that they are on their way, or why they do not come. */
export function NoTurns({ transcript, isNew, sending, rehearsing, chatUrl, onRetry, onStarter }: NoTurnsProps) {
  const messages = useMessages();
  const words = messages.chat;
  if (isNew) return sending ? null : <Beginning rehearsing={rehearsing} onStarter={onStarter} />;
  if (transcript?.status === "ready") return null;
  if (transcript?.status === "missing") {
    return (
      <div className={styles.empty}>
        <h2 className={styles.title}>{words.notFoundTitle}</h2>
        <p className={styles.text}>{words.notFoundText}</p>
        <Link href={chatUrl} className={buttonClass("primary", styles.action)}>
          {words.begin}
        </Link>
      </div>
    );
  }
  if (transcript?.status === "failed" && transcript.failure) {
    const { what, todo } = explain(messages, transcript.failure);
    return (
      <div className={styles.empty} role="alert">
        <h2 className={styles.title}>{words.failedTitle}</h2>
        <p className={styles.text}>{what}</p>
        <p className={styles.text}>{todo}</p>
        <Button look="primary" className={styles.action} onClick={onRetry}>
          {messages.retry}
        </Button>
      </div>
    );
  }
  return <Skeleton label={words.loading} lines={8} />;
}

function Beginning({ rehearsing, onStarter }: { rehearsing: boolean; onStarter: (prompt: string) => void }) {
  const words = useMessages().chat;
  const starters = rehearsing ? words.rehearsalStarters : words.starters;
  return (
    <div className={styles.empty}>
      <h2 className={styles.title}>{words.emptyTitle}</h2>
      <p className={styles.text}>{words.emptyText}</p>
      <ul className={styles.starters} aria-label={words.starterLabel}>
        {starters.map((starter) => (
          <li key={starter}>
            <button type="button" className={styles.starter} onClick={() => onStarter(starter)}>
              {starter}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
