import type { ExplainQuery, ProofQuery } from "@/graphql/generated/graphql";

/** A turn's receipt, null until it has one, and what verifying its conversation found. */
export type Proof = { id: string; receipt: NonNullable<ProofQuery["turn"]>["receipt"]; integrity: NonNullable<ProofQuery["conversation"]>["integrity"] };
/** Why a turn has its account. */
export type Explained = NonNullable<NonNullable<ExplainQuery["turn"]>["explain"]>;
