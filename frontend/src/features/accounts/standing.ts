import type { AccountFieldsFragment } from "@/graphql/generated/graphql";

export type Account = AccountFieldsFragment;

/** One that can be changed here, and not in settings.yaml alone. */
export type Defined = Account & { definition: NonNullable<Account["definition"]> };

export function isDefined(account: Account): account is Defined {
  return account.definition !== null;
}

/** How an account stands, in the words of its badge. */
export type Standing = "ready" | "busy" | "resting" | "needsAttention" | "disabled";

export const STANDINGS: readonly Standing[] = ["ready", "busy", "resting", "needsAttention", "disabled"];

const BY_HEALTH: Record<Account["health"], Standing> = {
  READY: "ready",
  BUSY: "busy",
  RESTING: "resting",
  NEEDS_ATTENTION: "needsAttention",
  DISABLED: "disabled",
};

export function standingOf({ health }: Pick<Account, "health">): Standing {
  return BY_HEALTH[health];
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
