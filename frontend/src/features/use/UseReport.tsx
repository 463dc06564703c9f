import { useStore } from "zustand";

import { explain, useMessages } from "@/messages/messages";
import { Button } from "@/ui/Button";
import { Skeleton } from "@/ui/Skeleton";
import { EmptyState, FailedState } from "@/ui/States";

import type { Report } from "./report";
import styles from "./Use.module.css";
import type { Use } from "./use";
import { UseChart } from "./UseChart";
import { UseFigures } from "./UseFigures";
import { UseTable } from "./UseTable";
import type { View } from "./view";
import { Wording } from "./wording";

const HEIGHT = 280; // pixels

interface UseReportProps {
  use: Use;
  view: View;
  urlOf: (view: View) => string;
  onView: (view: View) => void;
}

/** The figures, the chart and the table of what was used. */
export function UseReport({ use, view, urlOf, onView }: UseReportProps) {
  const messages = useMessages();
  const words = messages.use;
  const { status, failure, report } = useStore(use.store);
  if (status === "failed" && failure) return <FailedState title={words.failedTitle} {...explain(messages, failure)} onRetry={() => use.retry()} />;
  if (report === null) return <Skeleton label={words.loading} lines={9} />;
  if (report.total.prompts === 0) {
    const filtered = Object.keys(view.filter).length > 0;
    return (
      <EmptyState title={words.emptyTitle} text={filtered ? words.emptyFiltered : words.emptyText}>
        {view.range === "12m" ? null : <Button onClick={() => onView({ ...view, range: "12m", days: null })}>{words.longer}</Button>}
      </EmptyState>
    );
  }
  return (
    <div className={styles.report} aria-busy={status === "loading"}>
      <UseFigures total={report.total} measure={view.measure} onMeasure={(measure) => onView({ ...view, measure })} />
      <div className={styles.chart}>
        <UseChart report={report} measure={view.measure} height={HEIGHT} />
      </div>
      <Notes report={report} />
      <UseTable report={report} view={view} urlOf={urlOf} onView={onView} />
    </div>
  );
}

function Notes({ report: { total, span } }: { report: Report }) {
  const messages = useMessages();
  const words = messages.use;
  const wording = new Wording(messages);
  const { estimatedTokens, estimatedPrompts, unknownTokens } = total;
  const notes = [
    words.notePrompts,
    words.clock[span.step](wording.zone(span)),
    estimatedTokens > 0 ? words.noteEstimated(wording.number(estimatedTokens), estimatedPrompts, wording.number(estimatedPrompts)) : "",
    unknownTokens > 0 ? words.noteUnknown(unknownTokens, wording.number(unknownTokens)) : "",
  ];
  return <p className={styles.notes}>{notes.filter(Boolean).join(" ")}</p>;
}
