import { useEffect, useState } from "react";

import { copyText } from "@/browser/clipboard";
import { useMessages } from "@/messages/messages";
import { CodeBlock } from "@/ui/CodeBlock";

import type { Chat } from "./chat";
import { isLive, type Turn } from "./live_reply";

type Message = Awaited<ReturnType<Chat["message"]>>;

/** A turn as programs get it.  The upstream's message is asked for here alone, once the reply has ended. */
export function ReplyJson({ chat, turn, text }: { chat: Chat; turn: Turn; text: string }) {
  const labels = useMessages().markdown;
  const [message, setMessage] = useState<Message | null>(null);
  const live = isLive(turn);
  useEffect(() => {
    if (live) return;
    let wanted = true;
    // Without it the text that is known is shown all the same.
    chat.message(turn.id).then((found) => (wanted ? setMessage(found) : undefined), () => undefined);
    return () => {
      wanted = false;
    };
  }, [chat, turn.id, live]);
  const { prompt, state, error, model, usage, createdAt, startedAt, endedAt, durationSeconds } = turn;
  const times = { asked: createdAt, started: startedAt, ended: endedAt, seconds: durationSeconds };
  const whole = { ...(message === null ? { message: { content: { content_type: "text", parts: [text] } } } : { conversation_id: message.id, conversation_title: message.title, message: message.message }), prompt, state, error, model, usage, times };
  return <CodeBlock code={JSON.stringify(whole, null, 2)} language="json" growing={live} labels={labels} onCopy={copyText} />;
}
