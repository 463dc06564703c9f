import { lazy, Suspense, useCallback, useEffect, useRef, useState } from "react";

import { useMessages } from "@/messages/messages";
import { Button } from "@/ui/Button";
import { Fold } from "@/ui/Fold";

import type { Chat } from "./chat";
import type { Explained } from "./examined";
import styles from "./WhyAccount.module.css";

/** Few ask for it.  A page that cannot fetch it says so, and fetches it when it is opened again after a reload. */
const Proof = lazy(() => import("./Proof").catch(() => ({ default: NoProof })));

type Known = { status: "closed" | "loading" | "failed" } | { status: "open"; explained: Explained | null };

/** Why a turn has its account: asked for when it is opened, so that nobody else waits for it. */
export function WhyAccount({ chat, turnId }: { chat: Chat; turnId: string }) {
  const messages = useMessages();
  const words = messages.chat.why;
  const [proving, setProving] = useState(false);
  const [known, setKnown] = useState<Known>({ status: "closed" });
  const open = known.status !== "closed";
  const box = useRef<HTMLDivElement>(null);
  // At the end of the transcript it would open out of sight.
  const show = useCallback(() => box.current?.scrollIntoView({ block: "nearest" }), []);
  useEffect(() => {
    if (known.status === "open" || known.status === "failed") show();
  }, [known, show]);

  function toggle() {
    if (!open) return void look();
    setKnown({ status: "closed" });
    setProving(false);
  }

  async function look() {
    setKnown({ status: "loading" });
    const next: Known = await chat.explain(turnId).then(
      (explained): Known => ({ status: "open", explained }),
      (): Known => ({ status: "failed" }),
    );
    setKnown((now) => (now.status === "loading" ? next : now));
  }

  return (
    <Fold label={words.ask} className={styles.ask} open={open} onToggle={toggle} box={box}>
      <div className={styles.answer} role="status">
        {known.status === "loading" ? words.loading : null}
        {known.status === "failed" ? words.failed : null}
        {known.status === "open" ? <Explanation explained={known.explained} /> : null}
      </div>
      {known.status === "failed" ? (
        <Button look="quiet" onClick={() => void look()}>
          {messages.retry}
        </Button>
      ) : null}
      {known.status !== "open" ? null : proving ? (
        <Suspense fallback={null}>
          <Proof chat={chat} turnId={turnId} onShown={show} />
        </Suspense>
      ) : (
        <Button look="quiet" onClick={() => setProving(true)}>
          {messages.proof.ask}
        </Button>
      )}
    </Fold>
  );
}

function NoProof() {
  return <p role="status">{useMessages().proof.failed}</p>;
}

function Explanation({ explained }: { explained: Explained | null }) {
  const messages = useMessages();
  const words = messages.chat.why;
  if (explained === null) return words.nothing;
  const { rule, pinned, ready, busy, resting, out, count, account, leftOut } = explained;
  const counts = [
    words.ready(ready),
    ...(busy > 0 ? [words.busy(busy)] : []),
    ...(resting > 0 ? [words.resting(resting)] : []),
    ...(out > 0 ? [words.out(out)] : []),
  ];
  return (
    <>
      <p className={styles.sentence}>{pinned ? words.stays : ready === 1 ? words.only : words.rule[rule](ready)}</p>
      <p>{pinned ? words.pinned : words.chosen}</p>
      {pinned ? null : (
        <p>
          {words.counts}: {counts.join(", ")}. {words.number(count)}.
        </p>
      )}
      {account === null ? null : (
        <p>
          {words.account}: <span className={styles.name}>{account}</span>
        </p>
      )}
      {leftOut === null || leftOut.length === 0 ? null : (
        <div>
          <p>{words.leftOut}:</p>
          <ul className={styles.leftOut}>
            {leftOut.map((each) => (
              <li key={each.account}>
                <span className={styles.name}>{each.account}</span>: {each.reason === null ? messages.serverSays(each.why) : words.reason[each.reason]}
                {each.detail === null ? null : ` (${messages.serverSays(each.detail)})`}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
