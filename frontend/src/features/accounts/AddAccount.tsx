import { useUnsent } from "@/browser/use_unsent";
import { useMessages } from "@/messages/messages";
import { SidePanel } from "@/ui/SidePanel";

import { inputOf, NO_ACCOUNT, withoutSecrets } from "./account_form";
import { AccountForm } from "./AccountForm";
import styles from "./AccountPanel.module.css";
import type { Accounts } from "./accounts";

interface AddAccountProps {
  accounts: Accounts;
  closeUrl: string;
  onAdded: (name: string) => void;
}

export function AddAccount({ accounts, closeUrl, onAdded }: AddAccountProps) {
  const words = useMessages().accounts.form;
  const [draft, setDraft] = useUnsent("add-account", NO_ACCOUNT, (typed) => withoutSecrets(typed, NO_ACCOUNT));
  return (
    <SidePanel title={words.title} closeUrl={closeUrl}>
      <p className={styles.soft}>{words.intro}</p>
      <AccountForm
        draft={draft}
        before={NO_ACCOUNT}
        onType={setDraft}
        submit={words.submit}
        working={words.working}
        send={async () => (await accounts.add(inputOf(draft))).name}
        onSent={onAdded}
      />
    </SidePanel>
  );
}
