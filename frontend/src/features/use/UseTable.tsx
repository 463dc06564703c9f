import { useMedia, WIDE } from "@/browser/media";
import { useMessages } from "@/messages/messages";
import { type Column, DataTable } from "@/ui/DataTable";
import { ChoiceFilter } from "@/ui/Filters";

import { figureOf, type Report, sorted } from "./report";
import type { Totals } from "./totals";
import styles from "./Use.module.css";
import { type ColumnName, COLUMNS, type Sort, type View, within } from "./view";
import { Wording } from "./wording";

interface UseTableProps {
  report: Report;
  view: View;
  urlOf: (view: View) => string;
  onView: (view: View) => void;
}

interface Line {
  key: string;
  name: string;
  url: string | null;
  total: Totals;
}

/** The chart's figures: a line per group, which leads to that group alone, or per step of time in which there was use. */
export function UseTable({ report, view, urlOf, onView }: UseTableProps) {
  const messages = useMessages();
  const words = messages.use;
  const wide = useMedia(WIDE);
  const lines = useLines(report, view, urlOf);
  const byTime = report.by === "total";
  const sort: Sort = view.sort ?? (byTime ? { column: "name", descending: true } : { column: "prompts", descending: true });
  const nameTitle = report.by === "total" ? words.times : words.dimensions[report.by];
  const titles = { ...words.columns, name: nameTitle };
  const onSort = (column: ColumnName) => {
    // Names begin with A, figures with the highest.
    const descending = sort.column === column ? !sort.descending : column !== "name";
    onView({ ...view, sort: { column, descending } });
  };
  return (
    <section className={styles.table} aria-label={words.table}>
      {wide ? null : (
        <ChoiceFilter
          label={words.sortedBy}
          value={sort.column}
          options={COLUMNS.map((value) => ({ value, label: `${words.sortedBy}: ${titles[value]}` }))}
          onChange={(column) => onView({ ...view, sort: { column, descending: column !== "name" || byTime } })}
        />
      )}
      <DataTable
        label={words.table}
        nameTitle={nameTitle}
        rows={lines}
        keyOf={({ key }) => key}
        nameOf={({ name }) => name}
        urlOf={({ url }) => url}
        columns={useColumns()}
        sort={{ ...sort, onSort: (column) => onSort(COLUMNS.find((each) => each === column) ?? "name") }}
      />
    </section>
  );
}

function useLines(report: Report, view: View, urlOf: (view: View) => string): Line[] {
  const messages = useMessages();
  const wording = new Wording(messages);
  const { by, span, steps, groups } = report;
  if (by !== "total") {
    return sorted(groups, view.sort, messages.language).map((group) => ({
      key: group.value ?? "",
      name: wording.groupName(group, by),
      url: group.value === null ? null : urlOf(within(view, by, group.value)),
      total: group.total,
    }));
  }
  const lines = steps
    .map((total, at) => ({ key: String(span.starts[at]), name: wording.step(span.starts[at] ?? 0, span).long, url: null, total }))
    .filter(({ total }) => total.prompts > 0);
  const { column, descending } = view.sort ?? { column: "name", descending: true };
  if (column !== "name") lines.sort((a, b) => figureOf(a.total, column) - figureOf(b.total, column));
  return descending ? lines.reverse() : lines;
}

function useColumns(): Column<Line>[] {
  const messages = useMessages();
  const { columns } = messages.use;
  const wording = new Wording(messages);
  const count = (key: "prompts" | "finished" | "stopped" | "failed"): Column<Line> => ({
    key,
    title: columns[key],
    look: "number",
    cell: ({ total }) => wording.number(total[key]),
  });
  const tokens = (key: "promptTokens" | "replyTokens"): Column<Line> => ({
    key,
    title: columns[key],
    look: "number",
    cell: ({ total }) => (
      <>
        {wording.tokens(total[key], total)}
        <span className={styles.soft}>{wording.unknown(total)}</span>
      </>
    ),
  });
  return [
    count("prompts"),
    count("finished"),
    count("stopped"),
    count("failed"),
    tokens("promptTokens"),
    tokens("replyTokens"),
    { key: "seconds", title: columns.seconds, look: "number", cell: ({ total }) => wording.seconds(total.seconds) },
  ];
}
