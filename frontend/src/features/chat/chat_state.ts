import type { Plan } from "@/graphql/generated/graphql";

import type { LiveReply } from "./live_reply";
import type { OwnToken } from "./own_tokens";
import type { Conversation, Transcript } from "./transcript";

/** A prompt on its way: shown at once, before the server has it; in place of a turn, where that one is asked again. */
export interface Sending {
  text: string;
  insteadOf: string | null;
}

/** How a prompt is to be answered.  `model` null leaves it to the account, `own` null to the server's accounts. */
export interface Wish {
  plan: Plan;
  model: string | null;
  own: OwnToken | null;
}

export interface ChatState {
  transcripts: Readonly<Record<string, Transcript>>;
  /** By turn, while they are written. */
  replies: Readonly<Record<string, LiveReply>>;
  /** By place: a conversation's id, or `NEW`. */
  sending: Readonly<Record<string, Sending>>;
}

/** What the rest of the app is told. */
export interface ChatListener {
  changed: (conversation: Conversation) => void;
  titled: (conversationId: string, title: string) => void;
}

export const EMPTY: ChatState = { transcripts: {}, replies: {}, sending: {} };
