import { X } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { Link } from "wouter";

import { copyText } from "@/browser/clipboard";
import { useNow } from "@/browser/now";
import { useMessages } from "@/messages/messages";
import { buttonClass } from "@/ui/Button";
import { CopyButton } from "@/ui/CopyButton";
import { Notice } from "@/ui/Notice";

import { AccountActions } from "./AccountActions";
import { InFlight, LastUsed, Plan, StandingBadge, Until } from "./AccountFacts";
import styles from "./AccountPanel.module.css";
import type { Accounts } from "./accounts";
import { Fact } from "./AccountsTable";
import type { Account } from "./standing";

interface PanelProps {
  title: string;
  closeUrl: string;
  children: ReactNode;
}

/** The side panel: what it is about on top, and the way back to the list. */
export function Panel({ title, closeUrl, children }: PanelProps) {
  const words = useMessages().accounts;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, [title]);
  return (
    <section className={styles.panel} aria-labelledby="panel-title">
      <header className={styles.head}>
        <h2 id="panel-title" ref={heading} tabIndex={-1} className={styles.title} dir="auto">
          {title}
        </h2>
        <Link href={closeUrl} className={buttonClass("quiet", styles.close)} aria-label={words.close} title={words.close}>
          <X size={18} aria-hidden="true" />
        </Link>
      </header>
      {children}
    </section>
  );
}

interface AccountPanelProps {
  accounts: Accounts;
  account: Account;
  mayManage: boolean;
  closeUrl: string;
  onRemoved: () => void;
}

const CLOCK = 5000;

export function AccountPanel({ accounts, account, mayManage, closeUrl, onRemoved }: AccountPanelProps) {
  const words = useMessages().accounts;
  const { columns } = words;
  const now = useNow(CLOCK);
  return (
    <Panel title={account.name} closeUrl={closeUrl}>
      <div className={styles.standing}>
        <StandingBadge account={account} />
        <Until account={account} now={now} />
      </div>
      {account.why === "" ? null : <Notice what={account.why} tone={account.health === "NEEDS_ATTENTION" ? "failed" : "plain"} />}
      {mayManage ? <AccountActions key={account.id} accounts={accounts} account={account} onRemoved={onRemoved} /> : null}
      <dl className={styles.facts}>
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
        <Fact term={columns.source}>{words.source[account.source]}</Fact>
        <Fact term={columns.id}>
          <span className={styles.id}>
            <code>{account.id}</code>
            <CopyButton
              labels={{ copy: words.copyId, copied: words.copied, failed: words.copyFailed }}
              onCopy={() => copyText(account.id)}
              className={styles.copy ?? ""}
            />
          </span>
        </Fact>
      </dl>
    </Panel>
  );
}

export function MissingAccount({ closeUrl }: { closeUrl: string }) {
  const words = useMessages().accounts;
  return (
    <Panel title={words.missingTitle} closeUrl={closeUrl}>
      <p className={styles.soft}>{words.missingText}</p>
    </Panel>
  );
}
