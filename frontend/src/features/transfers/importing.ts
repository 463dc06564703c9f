import { createStore } from "zustand/vanilla";

import { Failure, failureFromResponse, failureFromThrown, UNREACHABLE } from "@/graphql/failure";

import { ImportLines, type Report } from "./import_lines";

export interface Taken {
  name: string;
  report: Report;
}

export interface NotTaken {
  name: string;
  failure: Failure;
  /** Whether some of it may have come in. */
  begun: boolean;
}

/** `part` is how much of the step is done, from 0 to 1; `file` counts from 1. */
export type ImportState =
  | { step: "none" }
  | { step: "sending" | "taking"; name: string; part: number; file: number; files: number }
  | { step: "ended"; taken: readonly Taken[]; failed: readonly NotTaken[] };

const ask = (event: BeforeUnloadEvent) => event.preventDefault();

/** File after file, which goes on while another page is open. */
export class Importing {
  readonly store = createStore<ImportState>(() => ({ step: "none" }));
  readonly #url: string;
  readonly #done: () => void;
  #request: XMLHttpRequest | null = null;
  #files: File[] = [];
  #at = 0;
  #taken: Taken[] = [];
  #failed: NotTaken[] = [];

  /** `done` is called when conversations may have come in. */
  constructor(url: string, done: () => void) {
    this.#url = url;
    this.#done = done;
  }

  /** What comes while others are on their way follows them. */
  take(files: readonly File[]): void {
    const [first] = files;
    if (first === undefined) return;
    if (this.#request !== null) {
      this.#files.push(...files);
      return;
    }
    [this.#files, this.#at, this.#taken, this.#failed] = [[...files], 0, [], []];
    this.#send(first);
  }

  /** What has come in by then stays. */
  stop(): void {
    this.#request?.abort();
    this.#end();
  }

  forget(): void {
    this.#request?.abort();
    this.#request = null;
    this.#show({ step: "none" });
  }

  /** By XMLHttpRequest: `fetch` does not tell how much of a file has been sent. */
  #send(file: File): void {
    const request = new XMLHttpRequest();
    this.#request = request;
    const { name } = file;
    const lines = new ImportLines();
    const under = (step: "sending" | "taking", done: number, total: number) => {
      this.#show({ step, name, part: total === 0 ? 0 : Math.min(1, done / total), file: this.#at + 1, files: this.#files.length });
    };
    let read = 0;
    const readOn = () => {
      if (request.status !== 200) return;
      lines.add(request.responseText.slice(read));
      read = request.responseText.length;
      if (lines.progress) under("taking", lines.progress.done, lines.progress.total);
    };
    request.upload.onprogress = ({ loaded, total }) => under("sending", loaded, total);
    request.upload.onload = () => under("taking", 0, 1);
    request.onprogress = readOn;
    request.onload = () => {
      readOn();
      if (request.status === 200) this.#note(name, lines);
      else void this.#refused(request, name);
    };
    request.onerror = () => this.#note(name, lines);
    under("sending", 0, 1);
    request.open("POST", this.#url);
    request.send(file);
  }

  #note(name: string, { report, failure, progress }: ImportLines): void {
    if (report !== null) this.#taken.push({ name, report });
    else this.#failed.push({ name, failure: failure ?? new Failure(UNREACHABLE), begun: progress !== null });
    this.#next();
  }

  async #refused(request: XMLHttpRequest, name: string): Promise<void> {
    const response = new Response(request.responseText, { status: request.status });
    const failure = await failureFromResponse(response).catch(failureFromThrown);
    if (this.#request !== request) return; // It was stopped meanwhile.
    this.#failed.push({ name, failure, begun: false });
    this.#next();
  }

  #next(): void {
    this.#at += 1;
    const file = this.#files[this.#at];
    if (file === undefined) this.#end();
    else this.#send(file);
  }

  #end(): void {
    this.#request = null;
    const [taken, failed] = [this.#taken, this.#failed];
    this.#show(taken.length + failed.length === 0 ? { step: "none" } : { step: "ended", taken, failed });
    this.#done();
  }

  #show(state: ImportState): void {
    // Leaving the page would break it off, and nobody would tell what came in.
    if (state.step === "sending" || state.step === "taking") window.addEventListener("beforeunload", ask);
    else window.removeEventListener("beforeunload", ask);
    this.store.setState(state, true);
  }
}
