import { createContext, useContext } from "react";

/** The words of parts that every page uses, so that no page hands them over.  The catalogue has them under `ui`. */
export interface UiWords {
  /** For dates and numbers, such as `en`. */
  language: string;
  copy: string;
  copyId: string;
  copyOf: (label: string) => string;
  copied: string;
  copyFailed: string;
  close: string;
  hideThis: string;
  missing: { what: string; todo: string; reload: string };
  retry: string;
  showAll: string;
  noMatch: string;
  older: string;
  optional: string;
  show: (label: string) => string;
  hide: (label: string) => string;
  expiry: { label: string; never: string; days: (days: number) => string; date: string; dateLabel: string };
}

const Context = createContext<UiWords | null>(null);
export const UiWordsProvider = Context.Provider;

export function useUiWords(): UiWords {
  const words = useContext(Context);
  if (words === null) throw new Error("no words around this part");
  return words;
}
