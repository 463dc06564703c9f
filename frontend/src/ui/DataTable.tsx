import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "wouter";

import { useMedia, WIDE } from "@/browser/media";

import styles from "./DataTable.module.css";

export interface Column<T> {
  key: string;
  title: string;
  /** What the title means, on hover. */
  help?: string;
  /** Numbers stand at the end of their column; `rest` takes the room that is left and is cut off, not wrapped. */
  look?: "number" | "rest";
  /** Whether it is left out beside an open panel, where only what tells rows apart stays. */
  onlyWhole?: boolean;
  /** Where it stands on a card: beside the name, in a line below it, or among the facts (the default). */
  card?: "head" | "line" | "fact" | "none";
  cell: (row: T) => ReactNode;
}

export interface DataTableProps<T> {
  label: string;
  /** The title of the first column, whose cells are the rows' names. */
  nameTitle: string;
  rows: readonly T[];
  keyOf: (row: T) => string;
  nameOf: (row: T) => string;
  /** Where a row leads; null where it leads nowhere. */
  urlOf: ((row: T) => string | null) | null;
  columns: readonly Column<T>[];
  /** By which column the rows are sorted, and what a click on a column's title does; the first one is called `name`. */
  sort?: { column: string; descending: boolean; onSort: (column: string) => void };
  /** The key of the row whose details are open, null where a panel is open without one, unset where none is. */
  current?: string | null;
}

/** The id of a row's link, to which the focus returns when its details are closed. */
export const rowId = (key: string) => `row-${key}`;

/** A dense table; the same fields as cards where a table has no room. */
export function DataTable<T>(props: DataTableProps<T>) {
  const wide = useMedia(WIDE);
  return wide ? <Table {...props} /> : <Cards {...props} />;
}

function Table<T>(props: DataTableProps<T>) {
  const { label, nameTitle, rows, keyOf, current, sort } = props;
  const columns = props.columns.filter((column) => current === undefined || column.onlyWhole !== true);
  return (
    <table className={styles.table} aria-label={label}>
      <thead>
        <tr>
          <HeadCell column="name" title={nameTitle} sort={sort} />
          {columns.map(({ key, title, help, look }) => (
            <HeadCell key={key} column={key} title={title} help={help} number={look === "number"} sort={sort} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)} data-current={keyOf(row) === current}>
            <th scope="row" className={styles.name}>
              <Name {...props} row={row} />
            </th>
            {columns.map(({ key, look, cell }) => (
              <td key={key} className={look === undefined ? undefined : styles[look]}>
                {look === "rest" ? <div className={styles.cut}>{cell(row)}</div> : cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface HeadCellProps {
  column: string;
  title: string;
  help?: string | undefined;
  number?: boolean;
  sort: DataTableProps<never>["sort"];
}

function HeadCell({ column, title, help, number = false, sort }: HeadCellProps) {
  const sorted = sort?.column === column ? (sort.descending ? "descending" : "ascending") : undefined;
  const Arrow = sorted === "ascending" ? ArrowUp : ArrowDown;
  return (
    <th scope="col" title={help} aria-sort={sorted} className={number ? styles.number : undefined}>
      {sort === undefined ? (
        title
      ) : (
        <button type="button" className={styles.sort} onClick={() => sort.onSort(column)}>
          {title}
          {sorted === undefined ? null : <Arrow size={14} aria-hidden="true" />}
        </button>
      )}
    </th>
  );
}

function Cards<T>(props: DataTableProps<T>) {
  const { label, rows, keyOf, columns } = props;
  const at = (place: Column<T>["card"]) => columns.filter(({ card = "fact" }) => card === place);
  return (
    <ul className={styles.cards} aria-label={label}>
      {rows.map((row) => (
        <li key={keyOf(row)} className={styles.card}>
          <div className={styles.cardHead}>
            <Name {...props} row={row} />
            {at("head").map(({ key, cell }) => (
              <span key={key}>{cell(row)}</span>
            ))}
          </div>
          {at("line").map(({ key, cell }) => (
            <div key={key} className={styles.cardLine}>
              {cell(row)}
            </div>
          ))}
          <dl className={styles.cardFacts}>
            {at("fact").map(({ key, title, cell }) => (
              <div key={key} className={styles.cardFact}>
                <dt>{title}</dt>
                <dd>{cell(row)}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}

function Name<T>({ row, keyOf, nameOf, urlOf, current }: DataTableProps<T> & { row: T }) {
  const key = keyOf(row);
  const url = urlOf?.(row) ?? null;
  if (url === null) return <span className={styles.plain} dir="auto">{nameOf(row)}</span>;
  return (
    <Link
      id={rowId(key)}
      href={url}
      className={styles.link ?? ""}
      aria-current={key === current ? "true" : undefined}
      dir="auto"
    >
      {nameOf(row)}
    </Link>
  );
}
