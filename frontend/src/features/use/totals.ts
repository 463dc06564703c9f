import type { UseFieldsFragment } from "@/graphql/generated/graphql";

export type UseRow = UseFieldsFragment;

/** What was used.  Tokens are those that are known, null where there were prompts and none of their tokens are. */
export type Totals = Pick<
  UseRow,
  | "prompts"
  | "finished"
  | "failed"
  | "stopped"
  | "promptTokens"
  | "replyTokens"
  | "estimatedTokens"
  | "estimatedPrompts"
  | "unknownTokens"
  | "seconds"
>;

/** What of the use a chart shows. */
export const MEASURES = ["prompts", "finished", "stopped", "failed", "tokens", "seconds"] as const;
export type Measure = (typeof MEASURES)[number];

export const NOTHING: Totals = {
  prompts: 0,
  finished: 0,
  failed: 0,
  stopped: 0,
  promptTokens: 0,
  replyTokens: 0,
  estimatedTokens: 0,
  estimatedPrompts: 0,
  unknownTokens: 0,
  seconds: 0,
};

export function sumOf(all: readonly Totals[]): Totals {
  return all.reduce((sum, each) => combined(sum, each, 1), NOTHING);
}

/** What is left of the whole without its parts. */
export function restOf(whole: Totals, parts: readonly Totals[]): Totals {
  return parts.reduce((left, each) => combined(left, each, -1), whole);
}

function combined(a: Totals, b: Totals, sign: 1 | -1): Totals {
  const prompts = a.prompts + sign * b.prompts;
  const unknownTokens = a.unknownTokens + sign * b.unknownTokens;
  const tokens = (left: number | null, right: number | null) =>
    prompts > 0 && unknownTokens >= prompts ? null : (left ?? 0) + sign * (right ?? 0);
  return {
    prompts,
    finished: a.finished + sign * b.finished,
    failed: a.failed + sign * b.failed,
    stopped: a.stopped + sign * b.stopped,
    promptTokens: tokens(a.promptTokens, b.promptTokens),
    replyTokens: tokens(a.replyTokens, b.replyTokens),
    estimatedTokens: a.estimatedTokens + sign * b.estimatedTokens,
    estimatedPrompts: a.estimatedPrompts + sign * b.estimatedPrompts,
    unknownTokens,
    // Differences of sums are not exact.
    seconds: Math.max(0, Math.round((a.seconds + sign * b.seconds) * 1000) / 1000),
  };
}

/** Of prompts and replies together, null where none are known. */
export function tokensOf({ promptTokens, replyTokens }: Totals): number | null {
  return promptTokens === null || replyTokens === null ? null : promptTokens + replyTokens;
}

/** How high a bar stands: tokens that nobody knows have no height. */
export function heightOf(totals: Totals, measure: Measure): number {
  return measure === "tokens" ? (tokensOf(totals) ?? 0) : totals[measure];
}
