import { Plus } from "lucide-react";
import { useEffect, useState } from "react";
import { Link, useLocation, useSearch } from "wouter";
import { useStore } from "zustand";

import { AccountPanel, MissingAccount } from "@/features/accounts/AccountPanel";
import { Accounts } from "@/features/accounts/accounts";
import { AccountsList } from "@/features/accounts/AccountsList";
import { AddAccount } from "@/features/accounts/AddAccount";
import { ChangeAccount } from "@/features/accounts/ChangeAccount";
import { isDefined } from "@/features/accounts/standing";
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
  /** What was added or changed just now. */
  const [untested, setUntested] = useState<string | null>(null);
  const state = useStore(accounts.store);
  const mayManage = useStore(session.store, (now) => now.status === "signedIn" && now.viewer.viewerCanManageAccounts);
  // The router's own path is only half decoded, and names hold any character.
  const name = path === urls.accounts ? null : urls.accountOf(window.location.pathname);
  const asked = new URLSearchParams(search);
  const adding = mayManage && name === null && asked.has("add");
  const account = state.items.find((item) => item.name === name) ?? null;
  const changing = mayManage && account !== null && asked.has("change") && isDefined(account) ? account : null;
  useTitle(adding ? words.add : changing ? words.form.change.title(changing.name) : (name ?? words.title));
  useEffect(() => accounts.follow(), [accounts]);
  // Whether a script answers depends on which kinds there are, and is shown on other pages.
  const kinds = state.items.flatMap(({ kind, health }) => (health === "DISABLED" ? [] : [kind])).join();
  useEffect(() => {
    if (kinds !== "") void session.load();
  }, [kinds, session]);

  if (state.status === "notAllowed") return <NotAllowedPage />;
  const closeUrl = changing ? urls.account(changing.name) : urls.accounts;
  const sent = (name: string) => {
    setUntested(name);
    navigate(urls.account(name), { replace: true });
  };
  const panel = adding ? (
    <AddAccount accounts={accounts} closeUrl={closeUrl} onAdded={sent} />
  ) : changing ? (
    <ChangeAccount
      key={changing.id}
      accounts={accounts}
      account={changing}
      closeUrl={closeUrl}
      onCancel={() => navigate(closeUrl, { replace: true })}
      onChanged={sent}
    />
  ) : name === null || state.status !== "ready" ? null : account ? (
    <AccountPanel
      accounts={accounts}
      account={account}
      mayManage={mayManage}
      changeUrl={urls.changeAccount(account.name)}
      closeUrl={closeUrl}
      isNew={untested === account.name}
      onTested={() => setUntested(null)}
      onRemoved={() => navigate(urls.accounts, { replace: true })}
    >
      <UseOverTime only={{ account: account.name }} />
    </AccountPanel>
  ) : (
    <MissingAccount closeUrl={closeUrl} />
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
      closeUrl={closeUrl}
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
