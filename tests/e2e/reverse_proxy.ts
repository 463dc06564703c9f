import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A reverse proxy on loopback that shows a server under a base path, and nothing of it anywhere else. */
export class ReverseProxy {
  /** What was asked of it, with the Referer of each. */
  readonly asked: { url: string; referer: string | undefined }[] = [];
  readonly #server: Server;
  #target = 0;

  constructor(readonly base: string) {
    this.#server = createServer((incoming, outgoing) => {
      const url = incoming.url ?? "/";
      this.asked.push({ url, referer: incoming.headers.referer });
      if (!url.startsWith(`${base}/`)) {
        outgoing.writeHead(502).end("outside of the base path");
        return;
      }
      const { method, headers } = incoming;
      const onward = request({ host: "127.0.0.1", port: this.#target, path: url.slice(base.length), method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      onward.on("error", () => outgoing.destroy());
      outgoing.on("close", () => onward.destroy());
      incoming.pipe(onward);
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
  }

  origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  leadTo(port: number): void {
    this.#target = port;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
