import { Failure } from "@/graphql/failure";

/** What the server says of an import, as in `docs/transfers.md`. */
export interface Report {
  conversations: number;
  turns: number;
  known: number;
  notTaken: readonly { code: string; sentence: string; count: number; examples: readonly string[] }[];
  leftOut: readonly { what: string; count: number }[];
}

const MOST_EXAMPLES = 3;

/** The reports of several files as that of one. */
export function combined(reports: readonly Report[]): Report {
  const sum = (field: "conversations" | "turns" | "known") => reports.reduce((all, report) => all + report[field], 0);
  const notTaken = new Map<string, Report["notTaken"][number]>();
  for (const reason of reports.flatMap((report) => report.notTaken)) {
    const { count = 0, examples = [] } = notTaken.get(reason.code) ?? {};
    const all = [...examples, ...reason.examples].slice(0, MOST_EXAMPLES);
    notTaken.set(reason.code, { ...reason, count: count + reason.count, examples: all });
  }
  const leftOut = new Map<string, number>();
  for (const { what, count } of reports.flatMap((report) => report.leftOut)) leftOut.set(what, (leftOut.get(what) ?? 0) + count);
  return {
    conversations: sum("conversations"),
    turns: sum("turns"),
    known: sum("known"),
    notTaken: [...notTaken.values()],
    leftOut: [...leftOut].map(([what, count]) => ({ what, count })),
  };
}

/** In bytes of the file. */
export interface Progress {
  done: number;
  total: number;
}

interface Line {
  done?: number;
  total?: number;
  report?: Report;
  error?: { code: string; message: string };
}

/** The lines of JSON of an import, from pieces of them as they come. */
export class ImportLines {
  progress: Progress | null = null;
  report: Report | null = null;
  /** Why it broke off; what was imported before it stays. */
  failure: Failure | null = null;
  #rest = "";

  add(text: string): void {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) if (line.trim() !== "") this.#take(JSON.parse(line) as Line);
  }

  #take({ done, total, report, error }: Line): void {
    if (done !== undefined && total !== undefined) this.progress = { done, total };
    if (report !== undefined) this.report = report;
    if (error !== undefined) this.failure = new Failure(error.code, error.message);
  }
}
