import { useStore } from "zustand";

import { useMessages } from "@/messages/messages";
import { duration } from "@/ui/durations";
import { Fact, Facts } from "@/ui/Facts";
import { Skeleton } from "@/ui/Skeleton";

import styles from "./Access.module.css";
import type { Access } from "./access";

/** What a user used in the last 30 days. */
export function UseSection({ access }: { access: Access }) {
  const { access: { use: words, loading }, language } = useMessages();
  const { status, use } = useStore(access.store);
  if (status === "loading") return <Skeleton label={loading} lines={3} />;
  // The keys beside it say what failed.
  if (use === null) return null;
  if (use.prompts === 0) return <p className={styles.soft}>{words.none}</p>;
  const number = (value: number | null) => (value === null ? words.unknown : value.toLocaleString(language));
  const notes = [
    use.estimatedTokens > 0 ? words.estimated(number(use.estimatedTokens)) : "",
    use.unknownTokens > 0 ? words.notKnown(use.unknownTokens) : "",
  ].filter(Boolean);
  return (
    <div className={styles.section}>
      <Facts>
        <Fact term={words.prompts}>{number(use.prompts)}</Fact>
        <Fact term={words.replies}>{words.outcomes(use.finished, use.stopped, use.failed)}</Fact>
        <Fact term={words.promptTokens}>{number(use.promptTokens)}</Fact>
        <Fact term={words.replyTokens}>{number(use.replyTokens)}</Fact>
        <Fact term={words.seconds}>{duration(use.seconds, language)}</Fact>
      </Facts>
      {notes.length === 0 ? null : <p className={styles.small}>{notes.join(" ")}</p>}
    </div>
  );
}
