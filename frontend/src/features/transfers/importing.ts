import { createStore } from "zustand/vanilla";

import { Failure, failureFromResponse, failureFromThrown, UNREACHABLE } from "@/graphql/failure";

import { ImportLines, type Report } from "./import_lines";

/** `part` is how much of the step is done, from 0 to 1. */
export type ImportState =
  | { step: "none" }
  | { step: "sending" | "taking"; name: string; part: number }
  | { step: "done"; name: string; report: Report }
  | { step: "failed"; name: string; failure: Failure; begun: boolean };

/** One file at a time, which goes on while another page is open. */
export class Importing {
  readonly store = createStore<ImportState>(() => ({ step: "none" }));
  readonly #url: string;
  readonly #done: () => void;
  #request: XMLHttpRequest | null = null;

  /** `done` is called when conversations may have come in. */
  constructor(url: string, done: () => void) {
    this.#url = url;
    this.#done = done;
  }

  /** By XMLHttpRequest: `fetch` does not tell how much of a file has been sent. */
  take(file: File): void {
    this.#request?.abort();
    const request = new XMLHttpRequest();
    this.#request = request;
    const { name } = file;
    const lines = new ImportLines();
    let read = 0;
    const readOn = () => {
      if (request.status !== 200) return;
      lines.add(request.responseText.slice(read));
      read = request.responseText.length;
      if (lines.progress) this.#show({ step: "taking", name, part: partOf(lines.progress.done, lines.progress.total) });
    };
    request.upload.onprogress = ({ loaded, total }) => this.#show({ step: "sending", name, part: partOf(loaded, total) });
    request.upload.onload = () => this.#show({ step: "taking", name, part: 0 });
    request.onprogress = readOn;
    request.onload = () => {
      readOn();
      if (request.status === 200) this.#end(name, lines);
      else void this.#refused(request, name);
    };
    request.onerror = () => this.#end(name, lines);
    this.#show({ step: "sending", name, part: 0 });
    request.open("POST", this.#url);
    request.send(file);
  }

  /** What has come in by then stays. */
  stop(): void {
    this.#request?.abort();
    this.forget();
    this.#done();
  }

  forget(): void {
    this.#request?.abort();
    this.#request = null;
    this.#show({ step: "none" });
  }

  #end(name: string, { report, failure, progress }: ImportLines): void {
    if (report !== null) this.#show({ step: "done", name, report });
    else this.#show({ step: "failed", name, failure: failure ?? new Failure(UNREACHABLE), begun: progress !== null });
    this.#done();
  }

  async #refused(request: XMLHttpRequest, name: string): Promise<void> {
    const response = new Response(request.responseText, { status: request.status });
    const failure = await failureFromResponse(response).catch(failureFromThrown);
    this.#show({ step: "failed", name, failure, begun: false });
  }

  #show(state: ImportState): void {
    this.store.setState(state, true);
  }
}

function partOf(done: number, total: number): number {
  return total === 0 ? 0 : Math.min(1, done / total);
}
