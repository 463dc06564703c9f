import { Link } from "wouter";

import { explain, useMessages } from "@/messages/messages";
import { Button } from "@/ui/Button";
import { Hidden } from "@/ui/Hidden";
import { Notice } from "@/ui/Notice";
import { Older } from "@/ui/Older";
import { Skeleton } from "@/ui/Skeleton";
import { Time } from "@/ui/Time";

import { dayLabel } from "./days";
import { piecesOf } from "./excerpt";
import type { Hit, SearchState } from "./search";
import styles from "./SearchHits.module.css";

interface SearchHitsProps {
  state: SearchState;
  url: (conversationId: string, turnId: string | null) => string;
  onChosen: (hit: Hit) => void;
  onMore: () => void;
  onRetry: () => void;
}

export function SearchHits({ state, url, onChosen, onMore, onRetry }: SearchHitsProps) {
  const messages = useMessages();
  const words = messages.conversations.search;
  const { hits, status, next, failure, text, found } = state;
  const groups = byConversation(hits);
  const none = status === "ready" && hits.length === 0;
  return (
    <section aria-label={words.results} className={styles.results}>
      <p className={styles.count} role="status">
        {status !== "ready" ? "" : none ? words.none(text.trim()) : words.count(hits.length, groups.length, next !== null)}
      </p>
      {none ? <p className={styles.help}>{words.noneHelp}</p> : null}
      <ul className={styles.hits} data-old={text !== found}>
        {groups.map((group) => (
          <li key={group[0].conversation.id} className={styles.group}>
            {group.map((hit, index) => (
              <HitLink key={hit.cursor} hit={hit} first={index === 0} url={url} onChosen={onChosen} />
            ))}
          </li>
        ))}
      </ul>
      {status === "loading" && hits.length === 0 ? <Skeleton label={words.loading} /> : null}
      {status === "failed" && failure ? (
        <Notice tone="failed" announce what={words.failed} todo={sentences(explain(messages, failure))}>
          <Button onClick={onRetry}>{messages.retry}</Button>
        </Notice>
      ) : null}
      {status === "ready" && next !== null ? <Older key={next} onOlder={onMore} /> : null}
    </section>
  );
}

const sentences = ({ what, todo }: { what: string; todo: string }) => [what, todo].filter(Boolean).join(" ");

/** Where the first hit of each stands. */
function byConversation(hits: readonly Hit[]): [Hit, ...Hit[]][] {
  const groups = new Map<string, [Hit, ...Hit[]]>();
  for (const hit of hits) {
    const group = groups.get(hit.conversation.id);
    if (group) group.push(hit);
    else groups.set(hit.conversation.id, [hit]);
  }
  return [...groups.values()];
}

/** Each names its conversation, which is shown with the first. */
function HitLink({ hit, first, url, onChosen }: { hit: Hit; first: boolean } & Pick<SearchHitsProps, "url" | "onChosen">) {
  const { conversations: words, language } = useMessages();
  const at = new Date(hit.at);
  const title = hit.conversation.title || words.untitled;
  return (
    <Link href={url(hit.conversation.id, hit.turn?.id ?? null)} className={styles.hit ?? ""} onClick={() => onChosen(hit)}>
      {first ? <span className={styles.title} dir="auto">{title}</span> : <Hidden>{title}</Hidden>}
      <span className={styles.excerpt} dir="auto">
        {piecesOf(hit.excerpt, hit.marks).map(({ text, marked }, index) => (marked ? <mark key={index}>{text}</mark> : text))}
      </span>
      <span className={styles.where}>
        {words.search.in[hit.in]}
        <Time at={hit.at} shown={dayLabel(at, new Date(), words.days)} exact={at.toLocaleString(language)} />
      </span>
    </Link>
  );
}
