import type { AccountFieldsFragment } from "@/graphql/generated/graphql";

export type Account = AccountFieldsFragment;

/** How an account stands, in the words of its badge. */
export type Standing = "ready" | "busy" | "resting" | "needsAttention" | "disabled";

export const STANDINGS: readonly Standing[] = ["ready", "busy", "resting", "needsAttention", "disabled"];

export function standingOf({ health, inFlight, concurrency }: Pick<Account, "health" | "inFlight" | "concurrency">): Standing {
  if (health === "RESTING") return "resting";
  if (health === "NEEDS_ATTENTION") return "needsAttention";
  if (health === "DISABLED") return "disabled";
  return inFlight >= concurrency ? "busy" : "ready";
}

export interface Filter {
  name: string;
  standing: Standing | "all";
}

export function filtered(accounts: readonly Account[], { name, standing }: Filter): Account[] {
  const wanted = name.trim().toLowerCase();
  return accounts.filter(
    (account) => account.name.toLowerCase().includes(wanted) && (standing === "all" || standingOf(account) === standing),
  );
}
