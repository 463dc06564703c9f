import { createContext, type ReactNode, useContext, useEffect, useState } from "react";

import { usePreferences } from "@/browser/use_preferences";
import { type Failure, failureFromThrown } from "@/graphql/failure";

import { en, type Messages } from "./en";
import { besideFields, mistakeIn, refusedFields } from "./mistakes";

export type { Messages } from "./en";
export type Language = "en" | "de";

/** English is part of the app; other catalogues are loaded when they are wanted.  Each lacks no message: `tsc` says so. */
const CATALOGUES: Record<Language, () => Promise<Messages>> = {
  en: () => Promise.resolve(en),
  de: () => import("./de").then(({ de }) => de),
};

const isLanguage = (name: string): name is Language => name in CATALOGUES;

/** The chosen language, or the first of the reader's languages that there is a catalogue for. */
export function languageFor(choice: Language | "system", languages: readonly string[]): Language {
  if (choice !== "system") return choice;
  return languages.map((language) => language.split("-")[0] ?? "").find(isLanguage) ?? "en";
}

/** The catalogue of a language, with dates and numbers in the reader's own variety of it; English where it does not come. */
export async function loadMessages(choice: Language | "system", languages: readonly string[]): Promise<Messages> {
  const language = languageFor(choice, languages);
  const catalogue = await CATALOGUES[language]().catch(() => en);
  const variety = languages.find((each) => each.split("-")[0] === catalogue.language) ?? catalogue.language;
  return inVariety(catalogue, variety);
}

function inVariety(catalogue: Messages, language: string): Messages {
  const { ui, conversations } = catalogue;
  const days = { ...conversations.days, language };
  return { ...catalogue, language, ui: { ...ui, language }, conversations: { ...conversations, days } };
}

const Context = createContext<Messages>(en);

/** Shows the page in the language that is chosen; `first` is what it begins with. */
export function MessagesProvider({ first, children }: { first: Messages; children: ReactNode }) {
  const { language } = usePreferences();
  const [messages, setMessages] = useState(first);
  useEffect(() => {
    let wanted = true;
    void loadMessages(language, navigator.languages).then((loaded) => {
      if (wanted) setMessages((now) => (now.language === loaded.language ? now : loaded));
    });
    return () => {
      wanted = false;
    };
  }, [language]);
  useEffect(() => {
    document.documentElement.lang = messages.language;
    document.documentElement.dir = messages.direction;
  }, [messages]);
  return <Context value={messages}>{children}</Context>;
}

export function useMessages(): Messages {
  return useContext(Context);
}

/** The one translator from codes to sentences: what happened, and what to do about it. */
export function explain(
  messages: Messages,
  failure: Pick<Failure, "code" | "sentence"> & Partial<Pick<Failure, "details">>,
): { what: string; todo: string } {
  const { what, todo, detail = false } = messages.errors[failure.code] ?? messages.unknownError;
  const known = mistakeIn(messages, failure.details ?? {});
  if (known !== null) return { what: known, todo };
  const sentence = what ?? (failure.sentence || messages.unknownError.what);
  // The server speaks English: elsewhere its own sentence stands behind ours, where it knows more.
  const told = detail && failure.sentence !== "" ? messages.serverSays(failure.sentence) : "";
  return { what: sentence ?? "", todo: [todo, told].filter(Boolean).join(" ") };
}

/** The same of whatever a call threw. */
export function useTold(): (thrown: unknown) => { what: string; todo: string } {
  const messages = useMessages();
  return (thrown) => explain(messages, failureFromThrown(thrown));
}

/** The same of a form, where what is refused of one of its fields is shown beside it instead. */
export function useToldBeside<F extends string>(
  fields: readonly F[],
  show: (found: Partial<Record<F, { sentence: string }>>) => boolean,
): (thrown: unknown) => { what: string; todo: string } | null {
  const messages = useMessages();
  const told = useTold();
  return (thrown) => {
    const beside = besideFields(refusedFields(messages, failureFromThrown(thrown)), fields);
    return beside !== null && show(beside) ? null : told(thrown);
  };
}
