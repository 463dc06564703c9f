import { useId, useState } from "react";

/** What a field gets wrong: a word of the catalogue, or the server's own sentence. */
export type Mistake<W extends string> = { word: W } | { sentence: string };
export type Mistakes<F extends string, W extends string> = Readonly<Partial<Record<F, Mistake<W>>>>;

type Sentences<T> = { [K in keyof T]: T[K] extends string ? K : never }[keyof T] & string;

/** What a form's fields get wrong; of several the first one of `fields` gets the focus. */
export function useMistakes<F extends string, T extends object>(fields: readonly F[], words: T) {
  type Found = Mistakes<F, Sentences<T>>;
  const prefix = useId();
  const [mistakes, setMistakes] = useState<Found>({} as Found);
  const idOf = (name: F | (string & {})) => prefix + name;
  return {
    idOf,
    /** Whether there are any. */
    show: (found: Found): boolean => {
      setMistakes(found);
      const first = fields.find((name) => found[name]);
      // After the field is shown to be wrong, and what hides it is open.
      if (first) requestAnimationFrame(() => document.getElementById(idOf(first))?.focus());
      return first !== undefined;
    },
    mend: (name: F) => setMistakes((all) => ({ ...all, [name]: undefined })),
    errorOf: (name: F): string | null => {
      const mistake = mistakes[name];
      return mistake === undefined ? null : "word" in mistake ? String(words[mistake.word]) : mistake.sentence;
    },
  };
}
