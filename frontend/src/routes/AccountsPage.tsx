import { Plus } from "lucide-react";
import { useEffect, useState } from "react";
import { Link, useLocation, useSearch } from "wouter";
import { useStore } from "zustand";

import { AccountPanel, MissingAccount } from "@/features/accounts/AccountPanel";
import { Accounts } from "@/features/accounts/accounts";
import { AccountsList } from "@/features/accounts/AccountsList";
import { AddAccount } from "@/features/accounts/AddAccount";
import { useMessages } from "@/messages/messages";
import { buttonClass } from "@/ui/Button";
import { ListPage } from "@/ui/ListPage";
import { Notice } from "@/ui/Notice";

import { useApp } from "./context";
import { NotAllowedPage } from "./PlainPages";
import { UseOverTime } from "./UseOverTime";
import { useTitle } from "./use_title";

export default function AccountsPage() {
  const { urls, api, session } = useApp();
  const words = useMessages().accounts;
  const [path, navigate] = useLocation();
  const search = useSearch();
  const [accounts] = useState(() => new Accounts(api));
  const [added, setAdded] = useState<string | null>(null);
  const state = useStore(accounts.store);
  const mayManage = useStore(session.store, (now) => now.status === "signedIn" && now.viewer.viewerCanManageAccounts);
  // The router's own path is only half decoded, and names hold any character.
  const name = path === urls.accounts ? null : urls.accountOf(window.location.pathname);
  const adding = mayManage && name === null && new URLSearchParams(search).has("add");
  const account = state.items.find((item) => item.name === name) ?? null;
  useTitle(adding ? words.add : (name ?? words.title));
  useEffect(() => accounts.follow(), [accounts]);
  // Whether a script answers depends on which kinds there are, and is shown on other pages.
  const kinds = state.items.flatMap(({ kind, health }) => (health === "DISABLED" ? [] : [kind])).join();
  useEffect(() => {
    if (kinds !== "") void session.load();
  }, [kinds, session]);

  if (state.status === "notAllowed") return <NotAllowedPage />;
  const panel = adding ? (
    <AddAccount
      accounts={accounts}
      closeUrl={urls.accounts}
      onAdded={(name) => {
        setAdded(name);
        navigate(urls.account(name), { replace: true });
      }}
    />
  ) : name === null || state.status !== "ready" ? null : account ? (
    <AccountPanel
      accounts={accounts}
      account={account}
      mayManage={mayManage}
      closeUrl={urls.accounts}
      isNew={added === account.name}
      onTested={() => setAdded(null)}
      onRemoved={() => navigate(urls.accounts, { replace: true })}
    >
      <UseOverTime only={{ account: account.name }} />
    </AccountPanel>
  ) : (
    <MissingAccount closeUrl={urls.accounts} />
  );
  return (
    <ListPage
      title={words.title}
      action={
        mayManage ? (
          <Link href={urls.addAccount} className={buttonClass("secondary")}>
            <Plus size={16} aria-hidden="true" />
            {words.add}
          </Link>
        ) : null
      }
      notice={state.settingsProblem === null ? null : <Notice tone="failed" what={words.settingsProblem} todo={state.settingsProblem} />}
      panel={panel}
      closeUrl={urls.accounts}
      current={name}
    >
      <AccountsList
        accounts={accounts}
        {...(panel === null ? {} : { current: name })}
        accountUrl={urls.account}
        addUrl={mayManage ? urls.addAccount : null}
      />
    </ListPage>
  );
}
