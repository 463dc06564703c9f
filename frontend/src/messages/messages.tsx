import { createContext, useContext } from "react";

import type { Failure } from "@/graphql/failure";

import { en, type Messages } from "./en";

const CATALOGUES: Record<string, Messages> = { en };

/** The catalogue for the first of the reader's languages that there is one for. */
export function messagesFor(languages: readonly string[]): Messages {
  const known = languages.map((language) => CATALOGUES[language.split("-")[0] ?? ""]);
  return known.find((catalogue) => catalogue !== undefined) ?? en;
}

const Context = createContext<Messages>(en);
export const MessagesProvider = Context.Provider;

export function useMessages(): Messages {
  return useContext(Context);
}

/** The one translator from codes to sentences: what happened, and what to do about it. */
export function explain(messages: Messages, failure: Pick<Failure, "code" | "sentence">): { what: string; todo: string } {
  const { what, todo } = messages.errors[failure.code] ?? messages.unknownError;
  const sentence = messages.errors[failure.code]?.what ?? (failure.sentence || what);
  return { what: sentence ?? messages.unknownError.what ?? "", todo };
}
