import { useEffect, useState } from "react";

import type { Failure} from "@/graphql/failure";
import { failureFromThrown } from "@/graphql/failure";

import type { Chat } from "./chat";
import type { Wish } from "./chat_state";
import { type Drafts, NEW } from "./drafts";

interface Composing {
  text: string;
  setText: (text: string) => void;
  failure: Failure | null;
  send: (wish: Wish) => Promise<void>;
  /** Whether only another account could answer what is in the field: then it can be sent elsewhere. */
  mayGoElsewhere: boolean;
  sendElsewhere: () => Promise<void>;
}

interface Place {
  place: string;
  text: string;
  failure: Failure | null;
  mayGoElsewhere: boolean;
}

const ELSEWHERE = new Set(["account_unavailable", "upstream_conversation_lost"]);

/** Whether a follow-up that failed so can only be answered in a new conversation, on another account. */
export function needsAnotherAccount(code: string): boolean {
  return ELSEWHERE.has(code);
}

function emptied(place: string, text = ""): Place {
  return { place, text, failure: null, mayGoElsewhere: false };
}

/**
 * The draft of one place and the sending of it.  What was not confirmed comes back into the field, and is sent under
 * the same idempotency key when it is sent again unchanged.  `onSent` is told of the conversation that it began, if any.
 */
export function useComposing(chat: Chat, drafts: Drafts, place: string, onSent: (begun: string | null) => void): Composing {
  const [kept, setKept] = useState<Place>(() => emptied(place, drafts.text(place)));
  const now = kept.place === place ? kept : emptied(place, drafts.text(place));
  if (now !== kept) setKept(now);

  // Another tab of the same conversation may show the same draft: what was sent there is not sent here once more.
  useEffect(() => {
    const sentElsewhere = (text: string) => setKept((current) => (current.place === place && current.text === text ? emptied(place) : current));
    return drafts.listen(place, sentElsewhere);
  }, [drafts, place]);

  function setText(text: string) {
    drafts.keep(place, text);
    setKept(emptied(place, text));
  }

  async function send(wish: Wish) {
    const prompt = now.text;
    // What was sent is kept with the draft; a token is not.
    const choice = wish.own === null ? wish.plan : "OWN";
    const input = [...(place === NEW ? [choice] : []), ...(wish.model === null ? [] : [wish.model]), prompt].join(":");
    const key = drafts.attempt(place, prompt, input);
    setKept(emptied(place));
    try {
      const id = place === NEW ? await chat.begin(prompt, wish, key) : null;
      if (id === null) await chat.followUp(place, prompt, wish, key);
      confirm(prompt);
      chat.tokens.ask(place, false);
      onSent(id);
    } catch (thrown) {
      const failure = failureFromThrown(thrown);
      chat.tokens.refused(place, failure.code);
      giveBack(prompt, failure, place !== NEW && needsAnotherAccount(failure.code));
    }
  }

  async function sendElsewhere() {
    const prompt = now.text;
    const key = drafts.attempt(place, prompt, `elsewhere:${prompt}`);
    setKept(emptied(place));
    try {
      const id = await chat.continueElsewhere(place, prompt, key);
      confirm(prompt);
      onSent(id);
    } catch (thrown) {
      giveBack(prompt, failureFromThrown(thrown), true);
    }
  }

  /** The field may hold more by now: what was typed while the prompt was on its way. */
  function confirm(prompt: string) {
    drafts.confirm(place, prompt);
    setKept((current) => (current.place === place && current.text === prompt ? emptied(place) : current));
  }

  function giveBack(prompt: string, failure: Failure, mayGoElsewhere: boolean) {
    const later = drafts.text(place);
    const text = later === "" || later === prompt ? prompt : `${prompt}\n\n${later}`;
    drafts.keep(place, text);
    setKept((current) => (current.place === place ? { place, text, failure, mayGoElsewhere } : current));
  }

  return { text: now.text, setText, failure: now.failure, send, mayGoElsewhere: now.mayGoElsewhere, sendElsewhere };
}
