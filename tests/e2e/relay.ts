import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** A way to a server on loopback whose connections can die without a word, as those of a computer that slept do. */
export class Relay {
  readonly #server: Server;
  readonly #open = new Set<Socket>();

  constructor(to: number) {
    this.#server = createServer((here) => {
      const there = connect(to, "127.0.0.1");
      for (const socket of [here, there]) {
        this.#open.add(socket);
        socket.on("error", () => socket.destroy());
      }
      here.pipe(there).pipe(here);
      here.on("close", () => there.destroy());
      there.on("close", () => here.destroy());
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** What is open now carries nothing any more, and nobody is told.  New connections work. */
  fallSilent(): void {
    for (const socket of this.#open) {
      socket.unpipe();
      socket.pause();
    }
  }

  async close(): Promise<void> {
    for (const socket of this.#open) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
