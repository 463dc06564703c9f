import type { ConversationQuery, ListedFieldsFragment, RelatedFieldsFragment } from "@/graphql/generated/graphql";
import type { Failure } from "@/graphql/failure";

import type { Turn } from "./live_reply";

/** As the list of conversations shows it. */
export type Conversation = ListedFieldsFragment;

/** A conversation that continues another one, or is continued by it. */
export type Related = RelatedFieldsFragment;

/** What is known of one conversation.  `before` is the cursor of the turns before the first one here, null if none. */
export interface Transcript {
  status: "loading" | "ready" | "missing" | "failed";
  failure: Failure | null;
  title: string;
  turns: readonly Turn[];
  before: string | null;
  /** Whether it came in a file and has no account here: it goes on elsewhere alone. */
  imported: boolean;
  continues: Related | null;
  continuedBy: readonly Related[];
}

export const LOADING: Transcript = {
  status: "loading",
  failure: null,
  title: "",
  turns: [],
  before: null,
  imported: false,
  continues: null,
  continuedBy: [],
};

export function withTurns(transcript: Transcript, turns: readonly Turn[]): Transcript {
  const byId = new Map([...transcript.turns, ...turns].map((turn) => [turn.id, turn]));
  return { ...transcript, turns: [...byId.values()].sort((a, b) => a.position - b.position) };
}

export function begun(conversation: Related, turn: Turn, continues: Related | null = null): Transcript {
  return { ...LOADING, status: "ready", title: conversation.title, turns: [turn], continues };
}

/** The conversation went on elsewhere. */
export function withContinuation(transcript: Transcript, by: Related): Transcript {
  return { ...transcript, continuedBy: [by, ...transcript.continuedBy.filter(({ id }) => id !== by.id)] };
}

type Loaded = NonNullable<ConversationQuery["conversation"]>;

/** The newest turns as just loaded.  A gap that opened since the last look is closed by starting over from them. */
export function withNewest(transcript: Transcript, { title, turns, continues, continuedBy, importedFrom }: Loaded): Transcript {
  const nodes = turns.edges.map((edge) => edge.node);
  const { hasPreviousPage, startCursor } = turns.pageInfo;
  const before = hasPreviousPage ? startCursor : null;
  const newest = transcript.turns.at(-1)?.position ?? 0;
  const connected = transcript.turns.length > 0 && (nodes[0]?.position ?? 1) <= newest + 1;
  const start: Transcript = connected ? transcript : { ...LOADING, before };
  // One of the old server's may have found its account again: that is known when it is asked.
  const imported = importedFrom !== null && importedFrom !== "LEGACY";
  return withTurns({ ...start, status: "ready", failure: null, title, imported, continues, continuedBy }, nodes);
}

export function withEarlier(transcript: Transcript, { turns }: Loaded): Transcript {
  const { hasPreviousPage, startCursor } = turns.pageInfo;
  const nodes = turns.edges.map((edge) => edge.node);
  return withTurns({ ...transcript, before: hasPreviousPage ? startCursor : null }, nodes);
}
