import { Failure } from "@/graphql/failure";

/** What the server says of an import, as in `docs/transfers.md`. */
export interface Report {
  conversations: number;
  turns: number;
  known: number;
  notTaken: readonly { code: string; sentence: string; count: number; examples: readonly string[] }[];
  leftOut: readonly { what: string; count: number }[];
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
