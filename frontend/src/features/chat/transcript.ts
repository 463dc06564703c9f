import type { ContinueElsewhereMutation, ConversationQuery, ListedFieldsFragment, RelatedFieldsFragment } from "@/graphql/generated/graphql";
import type { Failure } from "@/graphql/failure";

import type { Turn } from "./live_reply";

/** As the list of conversations shows it. */
export type Conversation = ListedFieldsFragment;

/** A conversation that continues another one, or is continued by it. */
export type Related = RelatedFieldsFragment;

/**
 * What is known of one conversation: the end of one path through its turns.  `through` is a turn that the path was asked
 * for by, null for the path to the newest turn; `before` is the cursor of the turns before the first one here, null if none.
 */
export interface Transcript {
  status: "loading" | "ready" | "missing" | "failed";
  failure: Failure | null;
  title: string;
  turns: readonly Turn[];
  through: string | null;
  before: string | null;
  /** Where the viewer may go on with it: elsewhere alone where no account here knows it, not at all in another's. */
  goesOn: "here" | "elsewhere" | "not";
  /** How many messages were sent along with its first prompt. */
  sentAlong: number;
  continues: Related | null;
  continuedBy: readonly Related[];
}

const NOTHING_TAKEN = { continues: null, preamble: [] };

export const LOADING: Transcript = {
  status: "loading",
  failure: null,
  title: "",
  turns: [],
  through: null,
  before: null,
  goesOn: "here",
  sentAlong: 0,
  continues: null,
  continuedBy: [],
};

/** Positions only say the order of writing: on a path they have gaps, and what adjoins is what follows. */
function follows(turn: Turn, earlier: Turn | undefined): boolean {
  return turn.followsTurnId === (earlier?.id ?? null);
}

/** The turn as it is now, if it is on the path that is known. */
export function withTurn(transcript: Transcript, turn: Turn): Transcript {
  return { ...transcript, turns: transcript.turns.map((known) => (known.id === turn.id ? turn : known)) };
}

/**
 * The path that goes on with this new turn: behind the one that it follows, in place of whatever followed that one here.
 * Null where it follows none that is known.  The newest turn of all is on the path by default.
 */
export function withNext(transcript: Transcript, turn: Turn): Transcript | null {
  const { turns, before } = transcript;
  const here = turns.findIndex(({ id }) => id === turn.id);
  if (here !== -1) return withTurn(transcript, turn);
  const behind = turns.findIndex(({ id }) => id === turn.followsTurnId);
  const beside = turns[0]?.followsTurnId === turn.followsTurnId;
  const first = turn.followsTurnId === null && before === null;
  if (behind === -1 && !beside && !first) return null;
  return { ...transcript, through: null, turns: [...turns.slice(0, behind + 1), turn] };
}

/** With what it took over, where it continues another one. */
type Taken = Pick<ContinueElsewhereMutation["continueElsewhere"]["conversation"], "continues" | "preamble">;

export function begun({ title }: Related, turn: Turn, { continues, preamble }: Taken = NOTHING_TAKEN): Transcript {
  return { ...LOADING, status: "ready", title, turns: [turn], continues, sentAlong: preamble.length };
}

/** The conversation went on elsewhere. */
export function withContinuation(transcript: Transcript, by: Related): Transcript {
  return { ...transcript, continuedBy: [by, ...transcript.continuedBy.filter(({ id }) => id !== by.id)] };
}

type Loaded = NonNullable<ConversationQuery["conversation"]>;

function pageOf({ turns }: Loaded) {
  const { hasPreviousPage, startCursor } = turns.pageInfo;
  return { nodes: turns.edges.map((edge) => edge.node), before: hasPreviousPage ? startCursor : null };
}

/**
 * The last turns of a path as just loaded.  Those above that were known stay where they lead to it; otherwise it starts
 * over, so that no gap is shown as if there were none.
 */
export function withPath(transcript: Transcript, loaded: Loaded, through: string | null): Transcript {
  const { nodes, before } = pageOf(loaded);
  const [first] = nodes;
  const overlap = transcript.turns.findIndex(({ id }) => id === first?.id);
  const behind = transcript.turns.findIndex((turn) => first !== undefined && follows(first, turn));
  const kept = transcript.turns.slice(0, overlap === -1 ? behind + 1 : overlap);
  const { title, continues, continuedBy, viewerCanFollowUp, viewerCanContinueElsewhere, preamble } = loaded;
  return {
    ...transcript,
    status: "ready",
    failure: null,
    title,
    goesOn: viewerCanFollowUp ? "here" : viewerCanContinueElsewhere ? "elsewhere" : "not",
    continues,
    continuedBy,
    sentAlong: preamble?.length ?? transcript.sentAlong,
    through,
    turns: [...kept, ...nodes],
    before: kept.length > 0 ? transcript.before : before,
  };
}

/** Turns from above those that are known; none where the path has become another one meanwhile. */
export function withEarlier(transcript: Transcript, loaded: Loaded): Transcript {
  const { nodes, before } = pageOf(loaded);
  const [first] = transcript.turns;
  if (first === undefined || !follows(first, nodes.at(-1))) return transcript;
  return { ...transcript, before, turns: [...nodes, ...transcript.turns] };
}

/** Where a turn stands among its versions: from 1, of how many, and the ones beside it. */
export interface Place {
  number: number;
  count: number;
  previous: string | null;
  next: string | null;
}

/** Null where it was never asked again. */
export function placeAmongVersions({ id, versions }: Pick<Turn, "id" | "versions">): Place | null {
  const at = versions.findIndex((version) => version.id === id);
  if (at === -1 || versions.length < 2) return null;
  return { number: at + 1, count: versions.length, previous: versions[at - 1]?.id ?? null, next: versions[at + 1]?.id ?? null };
}
