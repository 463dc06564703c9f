import type { Plan } from "@/graphql/generated/graphql";

const PLANS: readonly Plan[] = ["ANY", "FREE", "PLUS"];
const PLAN = "chat-plan";
const MODEL = "chat-model";

/** What was chosen last in this browser: whoever always takes the same chooses once. */
export function keptPlan(plus: boolean): Plan {
  const kept = PLANS.find((plan) => plan === localStorage.getItem(PLAN)) ?? "ANY";
  return kept === "PLUS" && !plus ? "ANY" : kept;
}

export function keepPlan(plan: Plan): void {
  localStorage.setItem(PLAN, plan);
}

/** Null leaves it to the account. */
export function keptModel(): string | null {
  return localStorage.getItem(MODEL);
}

export function keepModel(model: string | null): void {
  if (model === null) localStorage.removeItem(MODEL);
  else localStorage.setItem(MODEL, model);
}
