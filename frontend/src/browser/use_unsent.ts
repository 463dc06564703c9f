import { useEffect, useState } from "react";

import { unsent } from "./unsent";

/** The state of a form's fields, which outlives the end of the session.  `kept` leaves out what is a secret. */
export function useUnsent<T>(form: string, initial: T, kept: (typed: T) => T = (typed) => typed): [T, (next: T) => void] {
  const [typed, setTyped] = useState(() => (unsent.read(form) as T | undefined) ?? initial);
  useEffect(() => () => unsent.leave(form), [form]);
  return [
    typed,
    (next) => {
      unsent.write(form, kept(next));
      setTyped(next);
    },
  ];
}
