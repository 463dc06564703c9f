import { useUnsent } from "@/browser/use_unsent";
import { useMessages } from "@/messages/messages";
import { SidePanel } from "@/ui/SidePanel";

import { changesOf, draftOf, withoutSecrets } from "./account_form";
import { AccountForm } from "./AccountForm";
import styles from "./AccountPanel.module.css";
import type { Accounts } from "./accounts";
import type { Defined } from "./standing";

interface ChangeAccountProps {
  accounts: Accounts;
  account: Defined;
  /** The account's details. */
  closeUrl: string;
  onCancel: () => void;
  onChanged: (name: string) => void;
}

/** What changes is told from what was there when the form opened: what another admin changes meanwhile stays. */
export function ChangeAccount({ accounts, account, closeUrl, onCancel, onChanged }: ChangeAccountProps) {
  const { cancel, form } = useMessages().accounts;
  const words = form.change;
  const { name } = account;
  const opened = draftOf(account);
  const [{ draft, before }, setTyped] = useUnsent(`change-account ${name}`, { draft: opened, before: opened }, ({ draft, before }) => ({
    draft: withoutSecrets(draft, before),
    before,
  }));
  return (
    <SidePanel title={words.title(name)} closeUrl={closeUrl}>
      <p className={styles.soft}>{words.intro}</p>
      <AccountForm
        draft={draft}
        before={before}
        onType={(draft) => setTyped({ draft, before })}
        submit={words.submit}
        working={words.working}
        send={async () => (await accounts.change({ ...changesOf(draft, before), name })).name}
        onSent={onChanged}
        cancel={cancel}
        onCancel={onCancel}
      />
    </SidePanel>
  );
}
