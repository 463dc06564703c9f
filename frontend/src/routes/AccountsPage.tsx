import { ArrowLeft, Plus } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Link, useLocation, useSearch } from "wouter";
import { useStore } from "zustand";

import { useMedia, WIDE } from "@/browser/media";
import { AccountPanel, MissingAccount } from "@/features/accounts/AccountPanel";
import { Accounts } from "@/features/accounts/accounts";
import { AccountsList } from "@/features/accounts/AccountsList";
import { rowId } from "@/features/accounts/AccountsTable";
import { AddAccount } from "@/features/accounts/AddAccount";
import type { Viewer } from "@/features/session/session";
import { useMessages } from "@/messages/messages";
import { buttonClass } from "@/ui/Button";
import { SkipLink } from "@/ui/Hidden";
import { Notice } from "@/ui/Notice";
import { Page } from "@/ui/Page";

import styles from "./AccountsPage.module.css";
import { useApp } from "./context";
import { useTitle } from "./use_title";

export default function AccountsPage() {
  const { session } = useApp();
  const state = useStore(session.store);
  if (state.status !== "signedIn") return null;
  // Nothing is asked for a key that may not see it.
  return state.viewer.viewerCanSeeAccounts ? <AccountsOf viewer={state.viewer} /> : <NotForThisKey />;
}

function NotForThisKey() {
  const { urls } = useApp();
  const messages = useMessages();
  useTitle(messages.accounts.title);
  return (
    <Page title={messages.accounts.notAllowedTitle} intro={messages.accounts.notAllowed}>
      <Link href={urls.chat} className={buttonClass("primary")}>
        {messages.notFound.action}
      </Link>
    </Page>
  );
}

function AccountsOf({ viewer }: { viewer: Viewer }) {
  const { urls, api } = useApp();
  const messages = useMessages();
  const words = messages.accounts;
  const [path, navigate] = useLocation();
  const search = useSearch();
  const wide = useMedia(WIDE);
  const [accounts] = useState(() => new Accounts(api));
  const state = useStore(accounts.store);
  const mayManage = viewer.viewerCanManageAccounts;
  // The router's own path is only half decoded, and names hold any character.
  const name = path === urls.accounts ? null : urls.accountOf(window.location.pathname);
  const adding = mayManage && name === null && new URLSearchParams(search).has("add");
  const account = state.items.find((item) => item.name === name) ?? null;
  const panel = adding || (name !== null && state.status === "ready");
  useTitle(adding ? words.add : (name ?? words.title));
  useEffect(() => accounts.follow(), [accounts]);
  useReturnOfFocus(name);
  useEffect(() => {
    if (!panel) return;
    const leave = (event: KeyboardEvent) => {
      // A menu or a dialog over the page takes its own Escape.
      if (event.key === "Escape" && !event.defaultPrevented) navigate(urls.accounts);
    };
    document.addEventListener("keydown", leave);
    return () => document.removeEventListener("keydown", leave);
  }, [panel, navigate, urls]);

  if (state.status === "notAllowed") return <NotForThisKey />;
  return (
    <div className={styles.page}>
      <SkipLink to="accounts">{messages.skipToContent}</SkipLink>
      <header className={styles.head}>
        <Link href={urls.chat} className={buttonClass("quiet", styles.back)} aria-label={words.toChat} title={words.toChat}>
          <ArrowLeft size={18} aria-hidden="true" />
          {wide ? words.toChat : null}
        </Link>
        <h1 className={styles.title}>{words.title}</h1>
        {mayManage ? (
          <Link id="add-account" href={urls.addAccount} className={buttonClass("secondary", styles.add)}>
            <Plus size={16} aria-hidden="true" />
            {words.add}
          </Link>
        ) : null}
      </header>
      <main id="accounts" className={styles.main} tabIndex={-1}>
        {state.settingsProblem === null ? null : (
          <div className={styles.notice}>
            <Notice tone="failed" what={words.settingsProblem} todo={state.settingsProblem} />
          </div>
        )}
        <div className={styles.columns}>
          {/* Where there is room for one of the two only, the details take the place of the list. */}
          {wide || !panel ? (
            <div className={styles.list}>
              <AccountsList
                accounts={accounts}
                currentName={name ?? (adding ? "" : null)}
                accountUrl={urls.account}
                addUrl={mayManage ? urls.addAccount : null}
              />
            </div>
          ) : null}
          {panel ? (
            <div className={styles.panel}>
              {adding ? (
                <AddAccount
                  accounts={accounts}
                  closeUrl={urls.accounts}
                  onAdded={(added) => navigate(urls.account(added), { replace: true })}
                />
              ) : account ? (
                <AccountPanel
                  accounts={accounts}
                  account={account}
                  mayManage={mayManage}
                  closeUrl={urls.accounts}
                  onRemoved={() => navigate(urls.accounts, { replace: true })}
                />
              ) : (
                <MissingAccount closeUrl={urls.accounts} />
              )}
            </div>
          ) : null}
        </div>
      </main>
    </div>
  );
}

/** When the details are closed, the focus goes back to the account in the list. */
function useReturnOfFocus(name: string | null) {
  const before = useRef<string | null>(null);
  useEffect(() => {
    if (name === null && before.current !== null) {
      (document.getElementById(rowId(before.current)) ?? document.getElementById("accounts"))?.focus();
    }
    before.current = name;
  }, [name]);
}
