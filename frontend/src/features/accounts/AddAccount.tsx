import { useEffect, useRef } from "react";

import { useUnsent } from "@/browser/use_unsent";
import { failureFromThrown } from "@/graphql/failure";
import { useMessages, useTold } from "@/messages/messages";
import { refusedFields } from "@/messages/mistakes";
import { CheckField } from "@/ui/CheckField";
import { Choice } from "@/ui/Choice";
import { Form } from "@/ui/Form";
import { KeyField } from "@/ui/KeyField";
import { useMistakes } from "@/ui/mistakes";
import { SidePanel } from "@/ui/SidePanel";
import { TextField } from "@/ui/TextField";
import { useDeed } from "@/ui/use_deed";

import { type Draft, type Field, fieldsOf, inputOf, KINDS, mistakesFrom, mistakesOf, NO_ACCOUNT, WAYS, withoutSecrets } from "./account_form";
import styles from "./AccountPanel.module.css";
import type { Accounts } from "./accounts";

interface AddAccountProps {
  accounts: Accounts;
  closeUrl: string;
  onAdded: (name: string) => void;
}

/** The form for another account.  The secrets that are typed live in this component alone, and end with it. */
export function AddAccount({ accounts, closeUrl, onAdded }: AddAccountProps) {
  const messages = useMessages();
  const words = messages.accounts.form;
  const [draft, setDraft] = useUnsent("add-account", NO_ACCOUNT, withoutSecrets);
  const fields = fieldsOf(draft);
  const rare = fields.filter((field) => field.rare);
  const { idOf, show, mend, errorOf } = useMistakes(fields.map(({ name }) => name), words);
  const told = useTold();
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  const { busy, refusal, perform, forget } = useDeed((thrown) => {
    const failure = failureFromThrown(thrown);
    if (failure.code !== "invalid_input" && failure.code !== "already_exists") return told(thrown);
    const { mistakes, rest } = mistakesFrom(refusedFields(messages, failure), draft);
    show(mistakes);
    return rest === "" ? null : { what: rest, todo: "" };
  });

  function change(next: Draft) {
    setDraft(next);
    forget();
    if (next.kind !== draft.kind || next.way !== draft.way) show({});
  }

  function submit() {
    if (show(mistakesOf(draft))) return;
    void perform("deed", async () => {
      const { name } = await accounts.add(inputOf(draft));
      // Whoever has gone to another page meanwhile is not taken back.
      if (here.current) onAdded(name);
    });
  }

  const input = (field: Field) => (
    <AccountField
      key={field.name}
      field={field}
      id={idOf(field.name)}
      value={draft.values[field.name] ?? ""}
      error={errorOf(field.name)}
      onChange={(value) => {
        mend(field.name);
        change({ ...draft, values: { ...draft.values, [field.name]: value } });
      }}
    />
  );

  return (
    <SidePanel title={words.title} closeUrl={closeUrl}>
      <p className={styles.soft}>{words.intro}</p>
      <Form submit={busy ? words.working : words.submit} busy={busy !== null} refusal={refusal} onSubmit={submit}>
        <Choice
          label={words.kind}
          name={idOf("kind")}
          value={draft.kind}
          options={KINDS.map((kind) => ({ value: kind, label: messages.accounts.kind[kind] }))}
          help={words.kindHelp[draft.kind]}
          onChange={(kind) => change({ ...draft, kind })}
        />
        {fields.slice(0, 1).map(input)}
        {draft.kind === "CHATGPT" ? (
          <Choice
            label={words.way}
            name={idOf("way")}
            value={draft.way}
            options={WAYS.map((way) => ({ value: way, label: words.ways[way] }))}
            onChange={(way) => change({ ...draft, way })}
          />
        ) : null}
        {fields.slice(1).filter((field) => !field.rare).map(input)}
        <CheckField label={words.plus} help={words.plusHelp} checked={draft.plus} onChange={(plus) => change({ ...draft, plus })} />
        {rare.length === 0 ? null : (
          <details className={styles.more} open={rare.some(({ name }) => errorOf(name) !== null) || undefined}>
            <summary>{words.rare}</summary>
            {rare.map(input)}
          </details>
        )}
      </Form>
    </SidePanel>
  );
}

interface AccountFieldProps {
  field: Field;
  id: string;
  value: string;
  error: string | null;
  onChange: (value: string) => void;
}

function AccountField({ field, id, value, error, onChange }: AccountFieldProps) {
  const words = useMessages().accounts.form;
  const { label, help } = words.fields[field.name];
  const shared = { id, label, help, error, value, onChange, note: field.required ? "" : words.optional };
  if (field.look === "secret") {
    const labels = { show: `${words.show} ${label}`, hide: `${words.hide} ${label}` };
    // No browser is to offer to keep it.
    return <KeyField {...shared} labels={labels} autoComplete="new-password" />;
  }
  const modes = { text: "text", number: "numeric", address: "url", email: "email" } as const;
  return <TextField {...shared} inputMode={modes[field.look]} autoComplete="off" required={field.required} />;
}
