import { useState } from "react";

import type { Failure} from "@/graphql/failure";
import { failureFromThrown } from "@/graphql/failure";
import type { Plan } from "@/graphql/generated/graphql";

import type { Chat } from "./chat";
import { type Drafts, NEW } from "./drafts";

interface Composing {
  text: string;
  setText: (text: string) => void;
  failure: Failure | null;
  send: (plan: Plan) => Promise<void>;
}

interface Place {
  place: string;
  text: string;
  failure: Failure | null;
}

/**
 * The draft of one place and the sending of it.  What was not confirmed comes back into the field, and is sent under
 * the same idempotency key when it is sent again unchanged.
 */
export function useComposing(chat: Chat, drafts: Drafts, place: string, onBegun: (conversationId: string) => void): Composing {
  const [kept, setKept] = useState<Place>(() => ({ place, text: drafts.text(place), failure: null }));
  const now = kept.place === place ? kept : { place, text: drafts.text(place), failure: null };
  if (now !== kept) setKept(now);

  function setText(text: string) {
    drafts.keep(place, text);
    setKept({ place, text, failure: null });
  }

  async function send(plan: Plan) {
    const prompt = now.text;
    const input = place === NEW ? `${plan}:${prompt}` : prompt;
    const key = drafts.attempt(place, prompt, input);
    setKept({ place, text: "", failure: null });
    try {
      const id = place === NEW ? await chat.begin(prompt, plan, key) : null;
      if (id === null) await chat.followUp(place, prompt, key);
      confirm(prompt);
      if (id !== null) onBegun(id);
    } catch (thrown) {
      giveBack(prompt, failureFromThrown(thrown));
    }
  }

  /** The field may hold more by now: what was typed while the prompt was on its way. */
  function confirm(prompt: string) {
    const later = drafts.text(place);
    drafts.confirm(place, later === prompt ? "" : later);
    setKept((current) => (current.place === place && current.text === prompt ? { place, text: "", failure: null } : current));
  }

  function giveBack(prompt: string, failure: Failure) {
    const later = drafts.text(place);
    const text = later === "" || later === prompt ? prompt : `${prompt}\n\n${later}`;
    drafts.keep(place, text);
    setKept((current) => (current.place === place ? { place, text, failure } : current));
  }

  return { text: now.text, setText, failure: now.failure, send };
}
