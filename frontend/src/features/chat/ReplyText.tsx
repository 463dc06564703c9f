import { copyText } from "@/browser/clipboard";
import { useMessages } from "@/messages/messages";
import { KeptSelection } from "@/ui/KeptSelection";
import { Markdown } from "@/ui/Markdown";

import type { Chat } from "./chat";
import type { Turn } from "./live_reply";
import { ReplyJson } from "./ReplyJson";
import { useReplyView } from "./reply_view";
import styles from "./TurnView.module.css";

/** A reply the way that was chosen in this browser. */
export function ReplyText({ chat, turn, text, growing }: { chat: Chat; turn: Turn; text: string; growing: boolean }) {
  const labels = useMessages().markdown;
  const view = useReplyView();
  if (view === "json") return <ReplyJson chat={chat} turn={turn} text={text} />;
  if (text === "") return null;
  if (view === "plain") return <KeptSelection className={styles.plain} growing={growing}>{text}</KeptSelection>;
  return <Markdown text={text} labels={labels} onCopy={copyText} growing={growing} />;
}
