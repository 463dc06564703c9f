import type { ExplainQuery, PreambleQuery, ProofQuery } from "@/graphql/generated/graphql";

/** A turn's receipt, null until it has one, and what verifying its conversation found. */
export type Proof = { id: string; receipt: NonNullable<ProofQuery["turn"]>["receipt"]; integrity: NonNullable<ProofQuery["conversation"]>["integrity"] };
/** Why a turn has its account. */
export type Explained = NonNullable<NonNullable<ExplainQuery["turn"]>["explain"]>;
/** The messages that were sent along with a conversation's first prompt. */
export type SentAlong = NonNullable<PreambleQuery["conversation"]>["preamble"];
