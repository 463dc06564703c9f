import { copyText } from "@/browser/clipboard";
import { useMessages } from "@/messages/messages";
import { CodeBlock } from "@/ui/CodeBlock";
import { Markdown } from "@/ui/Markdown";

import type { Turn } from "./live_reply";
import { useReplyView } from "./reply_view";
import styles from "./TurnView.module.css";

/** A reply the way that was chosen in this browser. */
export function ReplyText({ turn, text, growing }: { turn: Turn; text: string; growing: boolean }) {
  const labels = useMessages().markdown;
  const view = useReplyView();
  if (view === "json") {
    const code = JSON.stringify({ ...turn, reply: text }, null, 2);
    return <CodeBlock code={code} language="json" growing={growing} labels={labels} onCopy={copyText} />;
  }
  if (text === "") return null;
  if (view === "plain") return <div className={styles.plain}>{text}</div>;
  return <Markdown text={text} labels={labels} onCopy={copyText} growing={growing} />;
}
