import type { ReactNode } from "react";
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
  /** Stands above the examples. */
  beginning: ReactNode;
}

/** What stands where no turns are: how to begin, that they are on their way, or why they do not come. */
export function NoTurns({ transcript, isNew, sending, rehearsing, chatUrl, onRetry, onStarter, beginning }: NoTurnsProps) {
  const messages = useMessages();
  const words = messages.chat;
  if (isNew) return sending ? null : <Beginning rehearsing={rehearsing} onStarter={onStarter}>{beginning}</Beginning>;
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

interface BeginningProps {
  rehearsing: boolean;
  onStarter: (prompt: string) => void;
  children: ReactNode;
}

function Beginning({ rehearsing, onStarter, children }: BeginningProps) {
  const words = useMessages().chat;
  const starters = rehearsing ? words.rehearsalStarters : words.starters;
  return (
    <div className={styles.empty}>
      <h2 className={styles.title}>{words.emptyTitle}</h2>
      <p className={styles.text}>{words.emptyText}</p>
      {children}
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
