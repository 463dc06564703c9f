import { useEffect, useState } from "react";

import { copyText } from "@/browser/clipboard";
import { useMessages } from "@/messages/messages";
import { CopyButton } from "@/ui/CopyButton";
import { Notice } from "@/ui/Notice";

import type { Chat } from "./chat";
import type { Proof as Proven } from "./examined";
import styles from "./WhyAccount.module.css";

/** A reply's receipt, and whether the record of its conversation is whole: looked up when it is shown. */
export default function Proof({ chat, turnId, onShown }: { chat: Chat; turnId: string; onShown: () => void }) {
  const words = useMessages().proof;
  const [known, setKnown] = useState<Proven | "loading" | "failed">("loading");
  useEffect(() => {
    let wanted = true;
    const show = (next: Proven | "failed") => (wanted ? setKnown(next) : undefined);
    chat.prove(turnId).then(show, () => show("failed"));
    return () => {
      wanted = false;
    };
  }, [chat, turnId]);
  useEffect(() => {
    if (known !== "loading") onShown();
  }, [known, onShown]);
  if (known === "loading" || known === "failed") return <p role="status">{words[known]}</p>;
  return (
    <>
      <Verdict id={known.id} integrity={known.integrity} />
      {known.receipt === null ? <p>{words.none}</p> : <Receipt turnId={turnId} receipt={known.receipt} />}
    </>
  );
}

function Verdict({ id, integrity }: Pick<Proven, "id" | "integrity">) {
  const words = useMessages().proof;
  const { proven, complete, turns, unsigned, unfinished, problems } = integrity;
  if (problems.length > 0) {
    return (
      <Notice tone="failed" announce what={words.wrong} todo={words.todo(`python -m backend verify ${id}`)}>
        <ul className={styles.leftOut}>
          {problems.map(({ code, position }, index) => (
            <li key={index}>{words.at(words.problems[code], position)}</li>
          ))}
        </ul>
      </Notice>
    );
  }
  const signed = turns - unsigned - unfinished;
  return (
    <p role="status">
      {proven ? words.whole(signed) : words.partly(signed)}
      {unsigned > 0 ? ` ${words.unsigned(unsigned)}` : ""}
      {unfinished > 0 ? ` ${words.unfinished(unfinished)}` : ""}
      {complete ? "" : ` ${words.lastOnes(turns)}`}
    </p>
  );
}

function Receipt({ turnId, receipt }: { turnId: string; receipt: NonNullable<Proven["receipt"]> }) {
  const words = useMessages().proof;
  const { text, signature, key } = receipt;
  const file = JSON.stringify({ text, signature, key }, null, 2);
  return (
    <>
      <p className={styles.receipt}>
        <span>{words.receipt}</span>
        <CopyButton labels={words.copying} onCopy={() => copyText(file)} />
        <a href={`data:application/json;charset=utf-8,${encodeURIComponent(file)}`} download={`receipt-${turnId}.json`}>
          {words.download}
        </a>
      </p>
      <pre className={styles.text}>{text}</pre>
    </>
  );
}
