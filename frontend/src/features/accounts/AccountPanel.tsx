import type { ReactNode } from "react";

import { useMessages } from "@/messages/messages";
import { CopyableId } from "@/ui/CopyableId";
import { Fact, Facts } from "@/ui/Facts";
import { Notice } from "@/ui/Notice";
import { SidePanel } from "@/ui/SidePanel";

import { AccountActions } from "./AccountActions";
import { InFlight, LastUsed, Plan, StandingBadge, Until } from "./AccountFacts";
import styles from "./AccountPanel.module.css";
import type { Accounts } from "./accounts";
import type { Account } from "./standing";
import { useWhy } from "./use_why";

interface AccountPanelProps {
  accounts: Accounts;
  account: Account;
  mayManage: boolean;
  changeUrl: string;
  closeUrl: string;
  /** As of AccountActions. */
  isNew: boolean;
  onTested: () => void;
  onRemoved: () => void;
  /** What it was used for. */
  children: ReactNode;
}

export function AccountPanel({ accounts, account, mayManage, changeUrl, closeUrl, isNew, onTested, onRemoved, children }: AccountPanelProps) {
  const words = useMessages().accounts;
  const why = useWhy(account);
  const { columns } = words;
  const { definition } = account;
  return (
    <SidePanel
      title={account.name}
      closeUrl={closeUrl}
      standing={
        <>
          <StandingBadge account={account} />
          <Until account={account} />
        </>
      }
    >
      {why === null ? null : <Notice {...why} tone={account.health === "NEEDS_ATTENTION" ? "failed" : "plain"} />}
      {mayManage ? (
        <AccountActions
          key={account.id}
          accounts={accounts}
          account={account}
          changeUrl={changeUrl}
          isNew={isNew}
          onTested={onTested}
          onRemoved={onRemoved}
        />
      ) : null}
      <Facts>
        <Fact term={columns.kind}>{words.kind[account.kind]}</Fact>
        <Fact term={columns.plan}>
          <Plan account={account} />
        </Fact>
        <Fact term={columns.inFlight}>
          <InFlight account={account} />
        </Fact>
        <Fact term={columns.waiting}>{account.waiting}</Fact>
        <Fact term={columns.lastUsed}>
          <LastUsed account={account} />
        </Fact>
        <Fact term={columns.proxy}>{definition?.proxy ?? (account.hasProxy ? words.yes : words.no)}</Fact>
        {(["email", "model", "baseUrl", "weight"] as const).map((name) =>
          definition?.[name] && definition[name] !== 1 ? (
            <Fact key={name} term={words.form.fields[name].label}>
              {definition[name]}
            </Fact>
          ) : null,
        )}
        <Fact term={columns.source}>{words.source[account.source]}</Fact>
        <Fact term={columns.id}>
          <CopyableId id={account.id} />
        </Fact>
      </Facts>
      {children}
    </SidePanel>
  );
}

export function MissingAccount({ closeUrl }: { closeUrl: string }) {
  const words = useMessages().accounts;
  return (
    <SidePanel title={words.missingTitle} closeUrl={closeUrl}>
      <p className={styles.soft}>{words.missingText}</p>
    </SidePanel>
  );
}
