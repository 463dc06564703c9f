import { useState } from "react";

export interface Told {
  what: string;
  todo: string;
}

/**
 * What takes a while and may be refused, one thing at a time.  `told` says of whatever was thrown what a person reads, null
 * where that is said elsewhere, such as beside a field.
 */
export function useDeed<N extends string = "deed">(told: (thrown: unknown) => Told | null) {
  /** What is being done. */
  const [busy, setBusy] = useState<N | null>(null);
  const [refusal, setRefusal] = useState<Told | null>(null);

  async function perform(deed: N, act: () => Promise<void>): Promise<void> {
    if (busy !== null) return;
    setBusy(deed);
    setRefusal(null);
    try {
      await act();
    } catch (thrown) {
      setRefusal(told(thrown));
    }
    setBusy(null);
  }

  return { busy, refusal, perform, forget: () => setRefusal(null) };
}
