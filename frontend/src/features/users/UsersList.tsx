import { Link } from "wouter";
import { useStore } from "zustand";

import { explain, useMessages } from "@/messages/messages";
import { buttonClass } from "@/ui/Button";
import { type Column, DataTable } from "@/ui/DataTable";
import { ChoiceFilter, Filters, SearchFilter } from "@/ui/Filters";
import { Notice } from "@/ui/Notice";
import { Older } from "@/ui/Older";
import { RelativeTime } from "@/ui/RelativeTime";
import { Skeleton } from "@/ui/Skeleton";
import { EmptyState, FailedState, NoMatch } from "@/ui/States";

import { isFiltered, NO_FILTER, ROLES, type User } from "./standing";
import { LastUsed, Plan, RoleName, StandingBadge } from "./UserFacts";
import type { Users } from "./users";

interface UsersListProps {
  users: Users;
  /** As of DataTable: unset while no details are open. */
  current?: string | null;
  userUrl: (id: string) => string;
  addUrl: string;
}

/** The users that the viewer may see, behind one line of filters. */
export function UsersList({ users, current, userUrl, addUrl }: UsersListProps) {
  const messages = useMessages();
  const words = messages.users;
  const { status, failure, items, next, olderFailure, filter, prompts } = useStore(users.store);
  const columns = useColumns(items, prompts);
  if (status === "loading") return <Skeleton label={words.loading} lines={8} />;
  if (status === "failed" && failure) {
    return <FailedState title={words.failedTitle} {...explain(messages, failure)} onRetry={() => users.retry()} />;
  }
  if (items.length === 0 && !isFiltered(filter)) {
    return (
      <EmptyState title={words.emptyTitle} text={words.emptyText}>
        <Link href={addUrl} className={buttonClass("primary")}>
          {words.add}
        </Link>
      </EmptyState>
    );
  }
  return (
    <>
      <Filters count={words.count(items.length, next !== null)}>
        <SearchFilter label={words.filterText} value={filter.text} onChange={(text) => users.look({ ...filter, text })} />
        <ChoiceFilter
          label={words.columns.role}
          value={filter.role}
          options={[
            { value: "all" as const, label: words.allRoles },
            ...ROLES.map((role) => ({ value: role, label: messages.user.role[role] })),
          ]}
          onChange={(role) => users.look({ ...filter, role })}
        />
        <ChoiceFilter
          label={words.columns.state}
          value={filter.standing}
          options={(["all", "enabled", "disabled"] as const).map((value) => ({ value, label: words.filterStates[value] }))}
          onChange={(standing) => users.look({ ...filter, standing })}
        />
        {filter.owner === null ? null : (
          <ChoiceFilter
            label={words.columns.owner}
            value={filter.owner.id}
            options={[
              { value: "all", label: words.allOwners },
              { value: filter.owner.id, label: words.madeBy(filter.owner.name) },
            ]}
            onChange={() => users.look({ ...filter, owner: null })}
          />
        )}
      </Filters>
      {items.length === 0 ? (
        <NoMatch onShowAll={() => users.look(NO_FILTER)} />
      ) : (
        <DataTable
          label={words.list}
          nameTitle={words.columns.name}
          rows={items}
          keyOf={({ id }) => id}
          nameOf={({ name }) => name}
          urlOf={({ id }) => userUrl(id)}
          columns={columns}
          {...(current === undefined ? {} : { current })}
        />
      )}
      {olderFailure ? <Notice tone="failed" announce {...explain(messages, olderFailure)} /> : null}
      {next === null ? null : <Older key={next} onOlder={() => void users.loadOlder()} />}
    </>
  );
}

/** What stands in no row has no column. */
function useColumns(items: readonly User[], prompts: ReadonlyMap<string, number> | null): Column<User>[] {
  const { users: { columns, promptsHelp }, language } = useMessages();
  const own: Column<User> = {
    key: "externalId",
    title: columns.externalId,
    onlyWhole: true,
    look: "rest",
    cell: ({ externalId }) => <bdi>{externalId ?? "–"}</bdi>,
  };
  const maker: Column<User> = {
    key: "owner",
    title: columns.owner,
    onlyWhole: true,
    cell: ({ owner }) => <bdi>{owner?.name ?? "–"}</bdi>,
  };
  const used: Column<User> = {
    key: "prompts",
    title: columns.prompts,
    help: promptsHelp,
    onlyWhole: true,
    look: "number",
    cell: ({ id }) => (prompts?.get(id) ?? 0).toLocaleString(language),
  };
  return [
    { key: "state", title: columns.state, card: "head", cell: (user) => <StandingBadge user={user} /> },
    { key: "role", title: columns.role, cell: (user) => <RoleName user={user} /> },
    { key: "plan", title: columns.plan, onlyWhole: true, cell: (user) => <Plan user={user} /> },
    ...(items.some(({ externalId }) => externalId !== null) ? [own] : []),
    ...(items.some(({ owner }) => owner !== null) ? [maker] : []),
    ...(prompts === null ? [] : [used]),
    { key: "created", title: columns.created, onlyWhole: true, cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
    { key: "lastUsed", title: columns.lastUsed, cell: (user) => <LastUsed user={user} /> },
  ];
}
