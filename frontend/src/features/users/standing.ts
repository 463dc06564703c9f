import type { Role, UserFieldsFragment, UserFilter } from "@/graphql/generated/graphql";

export type User = UserFieldsFragment;

/** How a user stands, in the words of its badge: `blocked` by what made it. */
export type Standing = "active" | "disabled" | "blocked" | "removed";

export function standingOf({ mayCall, disabledAt, removedAt }: Pick<User, "mayCall" | "disabledAt" | "removedAt">): Standing {
  if (removedAt !== null) return "removed";
  if (disabledAt !== null) return "disabled";
  return mayCall ? "active" : "blocked";
}

/** Whether Plus accounts answer it: `withheld` where it is allowed, but not to what made it. */
export function planOf({ plus, mayUsePlus }: Pick<User, "plus" | "mayUsePlus">): "free" | "plus" | "withheld" {
  if (!plus) return "free";
  return mayUsePlus ? "plus" : "withheld";
}

export const ROLES: readonly Role[] = ["ADMIN", "CLIENT", "USER"];

export interface Filter {
  text: string;
  role: Role | "all";
  standing: "all" | "enabled" | "disabled";
  /** Who made them. */
  owner: { id: string; name: string } | null;
}

export const NO_FILTER: Filter = { text: "", role: "all", standing: "all", owner: null };

export const isFiltered = ({ text, role, standing, owner }: Filter) =>
  text.trim() !== "" || role !== "all" || standing !== "all" || owner !== null;

/** The filter as the server takes it. */
export function filterOf({ text, role, standing, owner }: Filter): UserFilter {
  return {
    ...(text.trim() === "" ? {} : { text: text.trim() }),
    ...(role === "all" ? {} : { role }),
    ...(standing === "all" ? {} : { disabled: standing === "disabled" }),
    ...(owner === null ? {} : { ownerId: owner.id }),
  };
}
