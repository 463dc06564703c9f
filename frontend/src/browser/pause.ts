/** Waits that end early: when the browser is online again, and when they are woken. */
export class Pause {
  #end: () => void = () => undefined;

  of(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        window.removeEventListener("online", done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      window.addEventListener("online", done);
      this.#end = done;
    });
  }

  wake(): void {
    this.#end();
  }
}
