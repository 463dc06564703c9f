import { useState } from "react";
import { Link } from "wouter";
import { useStore } from "zustand";

import { explain, useMessages } from "@/messages/messages";
import { buttonClass } from "@/ui/Button";
import { type Column, DataTable } from "@/ui/DataTable";
import { ChoiceFilter, Filters, SearchFilter } from "@/ui/Filters";
import { Notice } from "@/ui/Notice";
import { Skeleton } from "@/ui/Skeleton";
import { EmptyState, FailedState, NoMatch } from "@/ui/States";

import { InFlight, LastUsed, Plan, StandingBadge, Until } from "./AccountFacts";
import type { Accounts } from "./accounts";
import styles from "./AccountsList.module.css";
import { type Account, type Filter, filtered, STANDINGS } from "./standing";
import { useWhy } from "./use_why";

interface AccountsListProps {
  accounts: Accounts;
  /** As of DataTable: unset while no details are open. */
  current?: string | null;
  accountUrl: (name: string) => string;
  /** Null for those who may look only. */
  addUrl: string | null;
}

const ALL: Filter = { name: "", standing: "all" };

/** All accounts as they stand now, behind one line of filters. */
export function AccountsList({ accounts, current, accountUrl, addUrl }: AccountsListProps) {
  const messages = useMessages();
  const words = messages.accounts;
  const state = useStore(accounts.store);
  const columns = useColumns();
  const [filter, setFilter] = useState(ALL);
  if (state.status === "loading") return <Skeleton label={words.loading} lines={6} />;
  if (state.status === "failed" && state.failure) {
    return <FailedState title={words.failedTitle} {...explain(messages, state.failure)} onRetry={() => accounts.retry()} />;
  }
  if (state.items.length === 0) {
    return (
      <EmptyState title={words.emptyTitle} text={words.emptyText}>
        {addUrl === null ? null : (
          <Link href={addUrl} className={buttonClass("primary")}>
            {words.add}
          </Link>
        )}
      </EmptyState>
    );
  }
  const shown = filtered(state.items, filter);
  const all = { value: "all" as const, label: words.allStates };
  return (
    <>
      <Filters count={words.count(shown.length, state.items.length)}>
        <SearchFilter label={words.filterName} value={filter.name} onChange={(name) => setFilter({ ...filter, name })} />
        <ChoiceFilter
          label={words.filterState}
          value={filter.standing}
          options={[all, ...STANDINGS.map((standing) => ({ value: standing, label: words.standing[standing] }))]}
          onChange={(standing) => setFilter({ ...filter, standing })}
        />
      </Filters>
      {state.connection === "lost" ? <Notice what={words.lost} /> : null}
      {shown.length === 0 ? (
        <NoMatch onShowAll={() => setFilter(ALL)} />
      ) : (
        <DataTable
          label={words.list}
          nameTitle={words.columns.name}
          rows={shown}
          keyOf={({ name }) => name}
          nameOf={({ name }) => name}
          urlOf={({ name }) => accountUrl(name)}
          columns={columns}
          {...(current === undefined ? {} : { current })}
        />
      )}
    </>
  );
}

function useColumns(): Column<Account>[] {
  const words = useMessages().accounts;
  const { columns } = words;
  return [
    { key: "state", title: columns.state, look: "rest", card: "head", cell: (account) => <State account={account} /> },
    { key: "kind", title: columns.kind, onlyWhole: true, cell: ({ kind }) => words.kind[kind] },
    { key: "plan", title: columns.plan, cell: (account) => <Plan account={account} /> },
    { key: "inFlight", title: columns.inFlight, help: words.inFlightHelp, look: "number", cell: (account) => <InFlight account={account} /> },
    { key: "waiting", title: columns.waiting, help: words.waitingHelp, look: "number", cell: ({ waiting }) => waiting },
    { key: "lastUsed", title: columns.lastUsed, onlyWhole: true, cell: (account) => <LastUsed account={account} /> },
    { key: "proxy", title: columns.proxy, onlyWhole: true, cell: ({ hasProxy }) => (hasProxy ? words.yes : words.no) },
  ];
}

function State({ account }: { account: Account }) {
  const why = useWhy(account);
  return (
    <span className={styles.state}>
      <StandingBadge account={account} />
      <Until account={account} />
      {why === null ? null : <span className={styles.why} title={`${why.what} ${why.todo}`.trim()}>{why.what}</span>}
    </span>
  );
}
