import { type ChildProcess, type ChildProcessByStdio, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { promisify } from "node:util";

const ROOT = new URL("../..", import.meta.url).pathname;
const PYTHON = join(ROOT, ".venv/bin/python");
/** An account that is more than a name stands as it is written. */
const settings = (accounts: readonly string[], more: readonly string[]) =>
  [
    "database: sqlite:///record.db",
    ...more,
    "accounts:",
    ...accounts.map((account) => `  - ${account.startsWith("{") ? account : `{name: ${account}, kind: rehearsal}`}`),
    "",
  ].join("\n");
const START_WITHIN = 60_000;

export interface WrittenTurn {
  prompt: string;
  reply: string;
  error?: string;
}

/** As `use_hours` has it; `ago` in hours.  What is left out is 0, or empty. */
export interface WrittenUse {
  user: string;
  ago: number;
  account?: string;
  model?: string;
  prompts: number;
  finished?: number;
  failed?: number;
  stopped?: number;
  reported_prompt_tokens?: number;
  reported_reply_tokens?: number;
  estimated_prompt_tokens?: number;
  estimated_reply_tokens?: number;
  estimated?: number;
  unknown?: number;
  milliseconds?: number;
}

/** The real server on a fresh record, with the rehearsal upstream. */
export class Server {
  private keys: ChildProcessByStdio<Writable, Readable, null> | null = null;
  /** The last key asked for: they come one after the other. */
  private issued = Promise.resolve("");

  private constructor(
    readonly url: string,
    readonly link: string,
    private readonly folder: string,
    private readonly process: ChildProcess,
  ) {}

  /** `more` are further lines of its settings.  With a `public_url` its `url` is the origin of that. */
  static async start(
    accounts: readonly string[] = ["rehearsal"],
    house = "own",
    more: readonly string[] = [],
    port = 0,
  ): Promise<Server> {
    const folder = await mkdtemp(join(tmpdir(), `e2e-${house}-`));
    await writeFile(join(folder, "settings.yaml"), settings(accounts, more));
    const args = ["-m", "backend", "serve", "--settings", join(folder, "settings.yaml"), "--port", String(port)];
    const process = spawn(PYTHON, args, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
    const link = await linkPrintedBy(process);
    return new Server(new URL(link).origin, link, folder, process);
  }

  /** A new user's key. */
  key(name: string, role: "user" | "client" | "admin" = "user"): Promise<string> {
    this.issued = this.issued.then(async () => {
      this.keys ??= spawn(PYTHON, ["tests/e2e/issue_keys.py", this.file], { cwd: ROOT, stdio: ["pipe", "pipe", "inherit"] });
      this.keys.stdin.write(`${JSON.stringify({ role, name })}\n`);
      const [line] = (await once(this.keys.stdout, "data")) as [Buffer];
      return line.toString().trim();
    });
    return this.issued;
  }

  /** Add turns to the conversation that the page shows: more than a story could ask for. */
  async write(page: string, turns: readonly WrittenTurn[]): Promise<void> {
    await this.#run("write_turns.py", [page.split("/").at(-1) ?? ""], turns);
  }

  /** Write what was used, by the hour. */
  async writeUse(hours: readonly WrittenUse[]): Promise<void> {
    await this.#run("write_use.py", [], hours);
  }

  async #run(script: string, args: readonly string[], given: unknown): Promise<void> {
    const running = promisify(execFile)(PYTHON, [`tests/e2e/${script}`, this.file, ...args], { cwd: ROOT });
    running.child.stdin?.end(JSON.stringify(given));
    await running;
  }

  /** Write another settings file under the running server. */
  async rewrite(text: string): Promise<void> {
    await writeFile(this.file, text);
  }

  private get file(): string {
    return join(this.folder, "settings.yaml");
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill();
    this.keys?.stdin.end();
    await ended;
    await rm(this.folder, { recursive: true });
  }
}

function linkPrintedBy(process: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = "";
    const late = setTimeout(() => {
      process.kill();
      reject(new Error(`no sign-in link was printed:\n${printed}`));
    }, START_WITHIN);
    const read = (chunk: Buffer) => {
      printed += chunk.toString();
      const link = /http:\/\/127\.0\.0\.1:\d+\S*\/sign-in#link=\S+/.exec(printed)?.[0];
      if (link === undefined) return;
      clearTimeout(late);
      resolve(link);
    };
    process.stdout?.on("data", read);
    process.stderr?.on("data", read);
    process.once("exit", (code) => {
      clearTimeout(late);
      reject(new Error(`the server ended with ${String(code)}:\n${printed}`));
    });
  });
}
