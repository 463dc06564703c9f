import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const ROOT = new URL("../..", import.meta.url).pathname;

/** The strict stand-in for ChatGPT beside a server; it ends when its input does. */
export interface Upstream {
  process: ChildProcess;
  /** As under `own_accounts` in settings.yaml. */
  settings: object;
  /** One for each of its accounts. */
  tokens: string[];
}

export async function startUpstream(): Promise<Upstream> {
  const process = spawn(join(ROOT, ".venv/bin/python"), ["-m", "tests.e2e.chatgpt_upstream"], { cwd: ROOT, stdio: ["pipe", "pipe", "inherit"] });
  const [line] = (await once(process.stdout, "data")) as [Buffer];
  return { process, ...(JSON.parse(line.toString()) as { settings: object; tokens: string[] }) };
}
