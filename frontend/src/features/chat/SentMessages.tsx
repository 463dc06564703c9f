import { useEffect, useRef, useState } from "react";

import { copyText } from "@/browser/clipboard";
import { useMessages } from "@/messages/messages";
import { Button } from "@/ui/Button";
import { Markdown } from "@/ui/Markdown";

import type { Chat } from "./chat";
import type { SentAlong } from "./examined";
import { useReplyView } from "./reply_view";
import styles from "./SentAlong.module.css";

/** Messages that are drawn at once; there may be a thousand. */
const STEP = 40;

/** The messages that were sent along with a conversation's first prompt: looked up when they are shown. */
export default function SentMessages({ chat, conversationId }: { chat: Chat; conversationId: string }) {
  const words = useMessages().chat.sentAlong;
  const [known, setKnown] = useState<SentAlong | "loading" | "failed">("loading");
  const [most, setMost] = useState(STEP);
  const next = useRef<HTMLLIElement>(null);
  useEffect(() => {
    // The button that was pressed may be gone.
    if (most > STEP) next.current?.focus();
  }, [most]);
  useEffect(() => {
    let wanted = true;
    const show = (next: SentAlong | "failed") => (wanted ? setKnown(next) : undefined);
    chat.sentAlong(conversationId).then(show, () => show("failed"));
    return () => {
      wanted = false;
    };
  }, [chat, conversationId]);
  if (known === "loading" || known === "failed") return <p role="status">{words[known]}</p>;
  return (
    <>
      <ol className={styles.messages} aria-label={words.label}>
        {known.slice(0, most).map(({ role, text }, index) => (
          <li key={index} ref={index === most - STEP ? next : null} tabIndex={-1}>
            <p className={styles.role}>{words.roles[role]}</p>
            <Said role={role} text={text} />
          </li>
        ))}
      </ol>
      {known.length > most ? (
        <Button look="quiet" className={styles.more} onClick={() => setMost(most + STEP)}>
          {words.more(Math.min(STEP, known.length - most))}
        </Button>
      ) : null}
    </>
  );
}

/** As prompts and replies are shown elsewhere. */
function Said({ role, text }: SentAlong[number]) {
  const labels = useMessages().markdown;
  const view = useReplyView();
  if (role === "ASSISTANT" && view === "rich") return <Markdown text={text} labels={labels} onCopy={copyText} />;
  return <p className={styles.text}>{text}</p>;
}
