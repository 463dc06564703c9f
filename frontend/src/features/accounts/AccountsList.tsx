import { useState } from "react";
import { Link } from "wouter";
import { useStore } from "zustand";

import { useMedia, WIDE } from "@/browser/media";
import { useNow } from "@/browser/now";
import { explain, useMessages } from "@/messages/messages";
import { Button, buttonClass } from "@/ui/Button";
import { Notice } from "@/ui/Notice";
import { Skeleton } from "@/ui/Skeleton";

import type { Accounts } from "./accounts";
import styles from "./AccountsList.module.css";
import { AccountCards, AccountsTable } from "./AccountsTable";
import { type Filter, filtered, STANDINGS } from "./standing";

interface AccountsListProps {
  accounts: Accounts;
  currentName: string | null;
  accountUrl: (name: string) => string;
  /** Null for those who may look only. */
  addUrl: string | null;
}

const ALL: Filter = { name: "", standing: "all" };
const CLOCK = 5000;

/** All accounts as they stand now, behind one line of filters. */
export function AccountsList({ accounts, currentName, accountUrl, addUrl }: AccountsListProps) {
  const messages = useMessages();
  const words = messages.accounts;
  const state = useStore(accounts.store);
  const [filter, setFilter] = useState(ALL);
  const wide = useMedia(WIDE);
  const now = useNow(CLOCK);
  if (state.status === "loading") return <Skeleton label={words.loading} lines={6} />;
  if (state.status === "failed" && state.failure) {
    const { what, todo } = explain(messages, state.failure);
    return (
      <div className={styles.empty} role="alert">
        <h2 className={styles.emptyTitle}>{words.failedTitle}</h2>
        <p className={styles.emptyText}>{`${what} ${todo}`}</p>
        <Button look="primary" onClick={() => accounts.retry()}>
          {messages.retry}
        </Button>
      </div>
    );
  }
  if (state.items.length === 0) {
    return (
      <div className={styles.empty}>
        <h2 className={styles.emptyTitle}>{words.emptyTitle}</h2>
        <p className={styles.emptyText}>{words.emptyText}</p>
        {addUrl === null ? null : (
          <Link href={addUrl} className={buttonClass("primary")}>
            {words.add}
          </Link>
        )}
      </div>
    );
  }
  const shown = filtered(state.items, filter);
  const Rows = wide ? AccountsTable : AccountCards;
  return (
    <div className={styles.list}>
      <Filters filter={filter} onChange={setFilter} shown={shown.length} all={state.items.length} />
      {state.connection === "lost" ? <Notice what={words.lost} /> : null}
      {shown.length === 0 ? (
        <Notice what={words.noMatch}>
          <Button onClick={() => setFilter(ALL)}>{words.showAll}</Button>
        </Notice>
      ) : (
        <Rows accounts={shown} currentName={currentName} now={now} accountUrl={accountUrl} />
      )}
    </div>
  );
}

interface FiltersProps {
  filter: Filter;
  onChange: (filter: Filter) => void;
  shown: number;
  all: number;
}

function Filters({ filter, onChange, shown, all }: FiltersProps) {
  const words = useMessages().accounts;
  return (
    <div className={styles.filters} role="search">
      <input
        type="search"
        className={styles.search}
        aria-label={words.filterName}
        placeholder={words.filterName}
        value={filter.name}
        onChange={(event) => onChange({ ...filter, name: event.target.value })}
      />
      <select
        className={styles.select}
        aria-label={words.filterState}
        value={filter.standing}
        onChange={(event) => {
          const standing = STANDINGS.find((each) => each === event.target.value) ?? "all";
          onChange({ ...filter, standing });
        }}
      >
        <option value="all">{words.allStates}</option>
        {STANDINGS.map((standing) => (
          <option key={standing} value={standing}>
            {words.standing[standing]}
          </option>
        ))}
      </select>
      <span className={styles.count} role="status">
        {words.count(shown, all)}
      </span>
    </div>
  );
}
