import { useEffect, useState } from "react";
import { useStore } from "zustand";

import type { Plan } from "@/graphql/generated/graphql";

import type { Chat, Models } from "./chat";
import type { Wish } from "./chat_state";
import { NEW } from "./drafts";
import { keepModel, keepPlan, keptModel, keptPlan } from "./kept_wish";

/** Which accounts a conversation begins on: some of the server's, or the user's own. */
export type AccountChoice = Plan | "OWN";

interface Wishing {
  choice: AccountChoice;
  choose: (choice: AccountChoice) => void;
  /** Null leaves it to the account. */
  model: string | null;
  chooseModel: (model: string | null) => void;
  /** Empty where there is no choice. */
  models: Models;
  /** Whether there is a field for an access token. */
  asksForToken: boolean;
  /** Whether that field has to be filled before anything can be sent. */
  lacksToken: boolean;
  wish: () => Wish;
}

const NONE: Models = [];

/** How the next answer is wished for: by which account, by which model.  `plus` is whether Plus accounts may be. */
export function useWish(chat: Chat, place: string, plus: boolean): Wishing {
  const [choice, setChoice] = useState<AccountChoice>(() => (chat.tokens.given(NEW) === null ? keptPlan(plus) : "OWN"));
  const [model, setModel] = useState<string | null>(keptModel);
  const [offered, setOffered] = useState<Models>(NONE);
  const asked = useStore(chat.tokens.store, (state) => state.asked[place] ?? false);
  const has = useStore(chat.tokens.store, (state) => (state.tokens[place]?.accessToken ?? "").trim() !== "");

  useEffect(() => {
    // Where they cannot be listed there is nothing to choose from; a prompt says what is wrong.
    chat.models().then(setOffered, () => setOffered(NONE));
  }, [chat]);

  const asksForToken = place === NEW ? choice === "OWN" : asked;
  const own = place === NEW ? choice === "OWN" : asked || has;
  const models = own || offered.length < 2 ? NONE : offered;
  return {
    choice,
    choose: (chosen) => {
      setChoice(chosen);
      // A token of one's own is gone after a reload, and with it what was chosen for it.
      if (chosen !== "OWN") keepPlan(chosen);
    },
    model,
    chooseModel: (chosen) => {
      setModel(chosen);
      keepModel(chosen);
    },
    models,
    asksForToken,
    lacksToken: asksForToken && !has,
    wish: () => ({
      plan: choice === "OWN" ? "ANY" : choice,
      model: models.some(({ name }) => name === model) ? model : null,
      own: own ? chat.tokens.given(place) : null,
    }),
  };
}
