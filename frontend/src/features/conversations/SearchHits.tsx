import { Link } from "wouter";

import { explain, useMessages } from "@/messages/messages";
import { Button } from "@/ui/Button";
import { Notice } from "@/ui/Notice";
import { Older } from "@/ui/Older";
import { Skeleton } from "@/ui/Skeleton";
import { Time } from "@/ui/Time";

import { piecesOf } from "./excerpt";
import type { Hit, SearchState } from "./search";
import styles from "./SearchHits.module.css";

interface SearchHitsProps {
  state: SearchState;
  url: (conversationId: string, turnId: string | null) => string;
  onChosen: () => void;
  onMore: () => void;
  onRetry: () => void;
}

export function SearchHits({ state, url, onChosen, onMore, onRetry }: SearchHitsProps) {
  const messages = useMessages();
  const words = messages.conversations.search;
  const { hits, status, next, failure, text, found } = state;
  const none = status === "ready" && hits.length === 0;
  return (
    <section aria-label={words.results} className={styles.results}>
      <p className={styles.count} role="status">
        {status !== "ready" ? "" : none ? words.none(text.trim()) : words.count(hits.length, next !== null)}
      </p>
      {none ? <p className={styles.help}>{words.noneHelp}</p> : null}
      <ul className={styles.hits} data-old={text !== found}>
        {hits.map((hit) => (
          <HitRow key={hit.cursor} hit={hit} url={url} onChosen={onChosen} />
        ))}
      </ul>
      {status === "loading" && hits.length === 0 ? <Skeleton label={words.loading} /> : null}
      {status === "failed" && failure ? (
        <Notice tone="failed" announce what={words.failed} todo={explain(messages, failure).what}>
          <Button onClick={onRetry}>{messages.retry}</Button>
        </Notice>
      ) : null}
      {status === "ready" && next !== null ? <Older key={next} onOlder={onMore} /> : null}
    </section>
  );
}

function HitRow({ hit, url, onChosen }: { hit: Hit } & Pick<SearchHitsProps, "url" | "onChosen">) {
  const { conversations: words, language } = useMessages();
  const at = new Date(hit.at);
  return (
    <li className={styles.row}>
      <Link href={url(hit.conversation.id, hit.turn?.id ?? null)} className={styles.hit ?? ""} onClick={onChosen}>
        <span className={styles.title} dir="auto">{hit.conversation.title || words.untitled}</span>
        <span className={styles.excerpt} dir="auto">
          {piecesOf(hit.excerpt, hit.marks).map(({ text, marked }, index) => (marked ? <mark key={index}>{text}</mark> : text))}
        </span>
        <span className={styles.where}>
          {words.search.in[hit.in]}
          <Time at={hit.at} shown={at.toLocaleDateString(language)} exact={at.toLocaleString(language)} />
        </span>
      </Link>
    </li>
  );
}
