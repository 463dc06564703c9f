import { CornerDownRight } from "lucide-react";
import { Link } from "wouter";

import { useMessages } from "@/messages/messages";

import styles from "./Lineage.module.css";
import type { Related, Transcript } from "./transcript";

/** What a conversation continues, and where it is continued itself. */
export function Lineage({ transcript, url }: { transcript: Transcript | null; url: (id: string) => string }) {
  const words = useMessages().chat;
  if (transcript === null || (transcript.continues === null && transcript.continuedBy.length === 0)) return null;
  return (
    <aside className={styles.lineage} aria-label={words.lineage}>
      <div className={styles.column}>
        {transcript.continues ? <Line word={words.continues} related={[transcript.continues]} url={url} /> : null}
        {transcript.continuedBy.length > 0 ? <Line word={words.continuedIn} related={transcript.continuedBy} url={url} /> : null}
      </div>
    </aside>
  );
}

function Line({ word, related, url }: { word: string; related: readonly Related[]; url: (id: string) => string }) {
  const untitled = useMessages().conversations.untitled;
  const language = useMessages().language;
  return (
    <p className={styles.line}>
      <CornerDownRight size={14} aria-hidden="true" />
      <span>{word}</span>
      <span className={styles.links}>
        {related.map(({ id, title, updatedAt }) => (
          <Link key={id} href={url(id)} className={styles.link ?? ""} dir="auto" title={new Date(updatedAt).toLocaleString(language)}>
            {title || untitled}
          </Link>
        ))}
      </span>
    </p>
  );
}
