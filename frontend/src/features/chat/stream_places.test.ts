import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { StreamPlaces } from "./stream_places";

let wanted: object | undefined;
let places: StreamPlaces;
/** Who listens now. */
let listening: Set<string>;

beforeEach(() => {
  vi.useFakeTimers();
  wanted = undefined;
  listening = new Set();
  places = new StreamPlaces(() => wanted);
});

afterEach(() => {
  show("visible");
  vi.useRealTimers();
});

function show(state: DocumentVisibilityState): void {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
  document.dispatchEvent(new Event("visibilitychange"));
}

/** Listens whenever it may, until its end; returns what stands for it. */
function follower(name: string): { end: () => void } {
  const self = { end: () => undefined };
  const here = listening;
  let over = false;
  const run = () => {
    if (over) return;
    const leave = () => {
      here.delete(name);
      places.free(self);
      run();
    };
    void places.take(self, leave).then(() => here.add(name));
  };
  run();
  return Object.assign(self, {
    end: () => {
      over = true;
      here.delete(name);
      places.free(self);
    },
  });
}

const after = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

test("two listen at a time, and each of the others has its turn", async () => {
  for (const name of ["a", "b", "c", "d"]) follower(name);
  const heard = new Set<string>();
  for (let second = 0; second < 12; second += 1) {
    await after(1000);
    expect(listening.size).toBeLessThanOrEqual(2);
    for (const name of listening) heard.add(name);
  }
  expect([...heard].sort()).toEqual(["a", "b", "c", "d"]);
});

test("the one that is wanted most comes at once and stays", async () => {
  const [a, , , d] = ["a", "b", "c", "d"].map(follower);
  wanted = d;
  places.arrange();
  for (let second = 0; second < 12; second += 1) {
    await after(1000);
    expect(listening).toContain("d");
    expect(listening.size).toBe(2);
  }
  d?.end();
  wanted = a;
  places.arrange();
  await after(1);
  expect(listening).toContain("a");
});

test("who has a place keeps it as long as nobody waits", async () => {
  follower("a");
  const b = follower("b");
  await after(60_000);
  expect([...listening]).toEqual(["a", "b"]);
  b.end();
  follower("c");
  await after(1);
  expect([...listening]).toEqual(["a", "c"]);
});

test("a tab that is hidden for long listens to nothing until it is looked at again", async () => {
  const only = follower("a");
  wanted = only;
  await after(1);
  show("hidden");
  await after(10_000);
  expect([...listening]).toEqual(["a"]);
  await after(15_000);
  expect(listening.size).toBe(0);
  show("visible");
  await after(1);
  expect([...listening]).toEqual(["a"]);
  show("hidden");
  await after(5000);
  show("visible");
  await after(60_000);
  expect([...listening]).toEqual(["a"]);
});
