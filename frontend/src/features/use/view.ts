import { type OwnDays, type Range, RANGES } from "./span";
import { type Measure, MEASURES } from "./totals";

export const GROUPINGS = ["total", "user", "client", "account", "model"] as const;
export type Grouping = (typeof GROUPINGS)[number];
export type Dimension = Exclude<Grouping, "total">;
export const DIMENSIONS = GROUPINGS.filter((each) => each !== "total");

/** What passes: ids of users and clients, names of accounts and models. */
export type UseFilter = Partial<Record<Dimension, string>>;

export const COLUMNS = ["name", "prompts", "finished", "stopped", "failed", "promptTokens", "replyTokens", "seconds"] as const;
export type ColumnName = (typeof COLUMNS)[number];

export interface Sort {
  column: ColumnName;
  descending: boolean;
}

/** What the page shows; all of it stands in its address. */
export interface View {
  range: Range;
  /** Of the range `own` alone. */
  days: OwnDays | null;
  by: Grouping;
  measure: Measure;
  filter: UseFilter;
  /** Null: by time, or the most prompts first. */
  sort: Sort | null;
}

export interface Sight {
  viewerCanSeeUsers: boolean;
  viewerCanSeeAccounts: boolean;
}

export const FIRST_VIEW: View = { range: "30d", days: null, by: "total", measure: "prompts", filter: {}, sort: null };

/** A key may arrive as `user` in any address, and is taken out of it. */
const IN_ADDRESS = { user: "userId", client: "clientId", account: "account", model: "model" } as const satisfies Record<Dimension, string>;

/** What a viewer may group and filter by. */
export function mayAsk(by: Grouping, sight: Sight): boolean {
  if (by === "user" || by === "client") return sight.viewerCanSeeUsers;
  return by === "account" ? sight.viewerCanSeeAccounts : true;
}

/** Addresses are typed by hand as well: what is not understood, or is not for this viewer, is as if it were not there. */
export function viewFrom(query: string, sight: Sight): View {
  const asked = new URLSearchParams(query);
  const one = <T extends string>(name: string, of: readonly T[], otherwise: T): T =>
    of.find((each) => each === asked.get(name)) ?? otherwise;
  const by = one("by", GROUPINGS, FIRST_VIEW.by);
  const range = one("range", RANGES, FIRST_VIEW.range);
  const filter: UseFilter = {};
  for (const dimension of DIMENSIONS) {
    const wanted = asked.get(IN_ADDRESS[dimension]);
    if (wanted !== null && wanted !== "" && mayAsk(dimension, sight)) filter[dimension] = wanted;
  }
  const sort = asked.get("sort") ?? "";
  const column = COLUMNS.find((each) => each === sort.replace(/^-/, ""));
  return {
    range,
    days: range === "own" ? { first: asked.get("from") ?? "", last: asked.get("to") ?? "" } : null,
    by: mayAsk(by, sight) ? by : FIRST_VIEW.by,
    measure: one("measure", MEASURES, FIRST_VIEW.measure),
    filter,
    sort: column === undefined ? null : { column, descending: sort.startsWith("-") },
  };
}

/** What differs from the first view, as the address has it. */
export function queryOf({ range, days, by, measure, filter, sort }: View): Record<string, string> {
  return {
    ...(range === FIRST_VIEW.range ? {} : { range }),
    ...(range === "own" && days !== null ? { from: days.first, to: days.last } : {}),
    ...(by === FIRST_VIEW.by ? {} : { by }),
    ...(measure === FIRST_VIEW.measure ? {} : { measure }),
    ...Object.fromEntries(DIMENSIONS.flatMap((each) => (filter[each] === undefined ? [] : [[IN_ADDRESS[each], filter[each]]]))),
    ...(sort === null ? {} : { sort: (sort.descending ? "-" : "") + sort.column }),
  };
}

/** One group alone, in its whole: what a click on it shows. */
export function within(view: View, dimension: Dimension, value: string): View {
  return { ...view, by: "total", filter: { ...view.filter, [dimension]: value }, sort: null };
}

/** The way back from `within`: every group again. */
export function without(view: View, dimension: Dimension): View {
  const filter: UseFilter = Object.fromEntries(Object.entries(view.filter).filter(([each]) => each !== dimension));
  return { ...view, by: dimension, filter, sort: null };
}
