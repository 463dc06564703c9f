import { useEffect, useState } from "react";
import { Link } from "wouter";
import { useStore } from "zustand";

import { useNow } from "@/browser/now";
import type { Api } from "@/graphql/api";
import { explain, useMessages } from "@/messages/messages";
import { Button } from "@/ui/Button";
import { Notice } from "@/ui/Notice";
import { Skeleton } from "@/ui/Skeleton";

import { hoursAhead, spanOf } from "./span";
import { Use } from "./use";
import styles from "./Use.module.css";
import { UseChart } from "./UseChart";
import { FIRST_VIEW, queryOf, type UseFilter } from "./view";

interface SmallUseProps {
  api: Api;
  /** Whose use, or of what: one user or one account. */
  only: UseFilter;
  urlOf: (shown: Record<string, string>) => string;
  /** What stands there where nothing was used. */
  none: string;
}

const HEIGHT = 140; // pixels
const DAY = 86_400_000;

/** What was used in the last 30 days, by day, and the way to all of it. */
export default function SmallUse({ api, only, urlOf, none }: SmallUseProps) {
  const messages = useMessages();
  const words = messages.use;
  const [use] = useState(() => new Use(api));
  const { failure, report } = useStore(use.store);
  const day = Math.floor(useNow(DAY) / DAY) * DAY;
  const filter = JSON.stringify(only);
  useEffect(() => {
    const span = spanOf("30d", null, Date.now(), hoursAhead(Date.now()));
    if (span !== null) void use.show({ span, by: "total", filter: JSON.parse(filter) as UseFilter, measure: "prompts" });
  }, [use, filter, day]);
  if (failure !== null) {
    return (
      <Notice tone="failed" {...explain(messages, failure)}>
        <Button onClick={() => use.retry()}>{messages.retry}</Button>
      </Notice>
    );
  }
  if (report === null) return <Skeleton label={words.loading} lines={4} />;
  if (report.total.prompts === 0) return none === "" ? null : <p className={styles.soft}>{none}</p>;
  return (
    <div className={styles.chart}>
      <UseChart report={report} measure="prompts" height={HEIGHT} />
      <p className={styles.soft}>
        <Link href={urlOf(queryOf({ ...FIRST_VIEW, filter: only }))}>{words.small.more}</Link>
      </p>
    </div>
  );
}
