import { Link } from "wouter";

import { useMessages } from "@/messages/messages";

import { InFlight, LastUsed, Plan, StandingBadge, Until } from "./AccountFacts";
import styles from "./AccountsList.module.css";
import type { Account } from "./standing";

interface AccountsTableProps {
  accounts: readonly Account[];
  currentName: string | null;
  now: number;
  accountUrl: (name: string) => string;
}

/** The link's id, to which the focus returns when the details are closed. */
export const rowId = (name: string) => `account-${name}`;

export function AccountsTable({ accounts, currentName, now, accountUrl }: AccountsTableProps) {
  const words = useMessages().accounts;
  const { columns } = words;
  // Beside the details only what tells accounts apart stays.
  const whole = currentName === null;
  return (
    <table className={styles.table} aria-label={words.list}>
      <thead>
        <tr>
          <th scope="col">{columns.name}</th>
          <th scope="col">{columns.state}</th>
          {whole ? <th scope="col">{columns.kind}</th> : null}
          <th scope="col">{columns.plan}</th>
          <th scope="col" className={styles.number} title={words.inFlightHelp}>{columns.inFlight}</th>
          <th scope="col" className={styles.number} title={words.waitingHelp}>{columns.waiting}</th>
          {whole ? <th scope="col">{columns.lastUsed}</th> : null}
          {whole ? <th scope="col">{columns.proxy}</th> : null}
        </tr>
      </thead>
      <tbody>
        {accounts.map((account) => (
          <tr key={account.id} data-current={account.name === currentName}>
            <th scope="row" className={styles.name}>
              <NameLink account={account} currentName={currentName} accountUrl={accountUrl} />
            </th>
            <td className={styles.stateCell}>
              <span className={styles.state}>
                <StandingBadge account={account} />
                <Until account={account} now={now} />
                {account.why === "" ? null : <span className={styles.why} title={account.why}>{account.why}</span>}
              </span>
            </td>
            {whole ? <td>{words.kind[account.kind]}</td> : null}
            <td>
              <Plan account={account} />
            </td>
            <td className={styles.number}>
              <InFlight account={account} />
            </td>
            <td className={styles.number}>{account.waiting}</td>
            {whole ? (
              <td>
                <LastUsed account={account} now={now} />
              </td>
            ) : null}
            {whole ? <td>{account.hasProxy ? words.yes : words.no}</td> : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The same fields where a table has no room. */
export function AccountCards({ accounts, currentName, now, accountUrl }: AccountsTableProps) {
  const words = useMessages().accounts;
  const { columns } = words;
  return (
    <ul className={styles.cards} aria-label={words.list}>
      {accounts.map((account) => (
        <li key={account.id} className={styles.card}>
          <div className={styles.cardHead}>
            <NameLink account={account} currentName={currentName} accountUrl={accountUrl} />
            <StandingBadge account={account} />
          </div>
          {account.health === "READY" ? null : (
            <p className={styles.cardWhy}>
              <Until account={account} now={now} />
              <span>{account.why}</span>
            </p>
          )}
          <dl className={styles.cardFacts}>
            <Fact term={columns.kind}>{words.kind[account.kind]}</Fact>
            <Fact term={columns.plan}>
              <Plan account={account} />
            </Fact>
            <Fact term={columns.inFlight}>
              <InFlight account={account} />
            </Fact>
            <Fact term={columns.waiting}>{account.waiting}</Fact>
            <Fact term={columns.lastUsed}>
              <LastUsed account={account} now={now} />
            </Fact>
            <Fact term={columns.proxy}>{account.hasProxy ? words.yes : words.no}</Fact>
          </dl>
        </li>
      ))}
    </ul>
  );
}

function NameLink({ account, currentName, accountUrl }: Pick<AccountsTableProps, "currentName" | "accountUrl"> & { account: Account }) {
  return (
    <Link
      id={rowId(account.name)}
      href={accountUrl(account.name)}
      className={styles.link ?? ""}
      aria-current={account.name === currentName ? "true" : undefined}
      dir="auto"
    >
      {account.name}
    </Link>
  );
}

export function Fact({ term, children }: { term: string; children: React.ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
