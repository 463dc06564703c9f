import { type SyntheticEvent, useId, useState } from "react";

import { failureFromThrown } from "@/graphql/failure";
import { explain, useMessages } from "@/messages/messages";
import { refusedFields } from "@/messages/mistakes";
import { Button } from "@/ui/Button";
import { CheckField } from "@/ui/CheckField";
import { Choice } from "@/ui/Choice";
import { KeyField } from "@/ui/KeyField";
import { Notice } from "@/ui/Notice";
import { SidePanel } from "@/ui/SidePanel";
import { TextField } from "@/ui/TextField";

import {
  type Draft,
  type Field,
  fieldsOf,
  inputOf,
  KINDS,
  type Mistake,
  type Mistakes,
  mistakesFrom,
  mistakesOf,
  NO_ACCOUNT,
  WAYS,
} from "./account_form";
import styles from "./AccountPanel.module.css";
import type { Accounts } from "./accounts";

interface AddAccountProps {
  accounts: Accounts;
  closeUrl: string;
  onAdded: (name: string) => void;
}

/** The form for another account.  What is typed lives in this component alone, and ends with it. */
export function AddAccount({ accounts, closeUrl, onAdded }: AddAccountProps) {
  const messages = useMessages();
  const words = messages.accounts.form;
  const [draft, setDraft] = useState<Draft>(NO_ACCOUNT);
  const [mistakes, setMistakes] = useState<Mistakes>({});
  const [refusal, setRefusal] = useState<{ what: string; todo: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const prefix = useId();
  const fields = fieldsOf(draft);
  const rare = fields.filter((field) => field.rare);

  function change(next: Draft) {
    setDraft(next);
    setRefusal(null);
    if (next.kind !== draft.kind || next.way !== draft.way) setMistakes({});
  }

  function show(found: Mistakes) {
    setMistakes(found);
    const first = fieldsOf(draft).find(({ name }) => found[name]);
    // After the field is shown to be wrong, and what hides it is open.
    if (first) requestAnimationFrame(() => document.getElementById(prefix + first.name)?.focus());
  }

  async function submit(event: SyntheticEvent) {
    event.preventDefault();
    if (busy) return;
    const found = mistakesOf(draft);
    show(found);
    setRefusal(null);
    if (Object.keys(found).length > 0) return;
    setBusy(true);
    try {
      onAdded((await accounts.add(inputOf(draft))).name);
    } catch (thrown) {
      const failure = failureFromThrown(thrown);
      setBusy(false);
      const told = failure.code === "invalid_input" || failure.code === "already_exists";
      const { mistakes: named, rest } = told ? mistakesFrom(refusedFields(messages, failure), draft) : { mistakes: {}, rest: "" };
      show(named);
      if (!told) setRefusal(explain(messages, failure));
      else if (rest !== "") setRefusal({ what: rest, todo: "" });
    }
  }

  const input = (field: Field) => (
    <AccountField
      key={field.name}
      field={field}
      id={prefix + field.name}
      value={draft.values[field.name] ?? ""}
      mistake={mistakes[field.name]}
      onChange={(value) => {
        setMistakes((all) => Object.fromEntries(Object.entries(all).filter(([name]) => name !== field.name)));
        change({ ...draft, values: { ...draft.values, [field.name]: value } });
      }}
    />
  );

  return (
    <SidePanel title={words.title} closeUrl={closeUrl}>
      <p className={styles.soft}>{words.intro}</p>
      <form className={styles.form} noValidate autoComplete="off" onSubmit={(event) => void submit(event)}>
        <Choice
          label={words.kind}
          name={`${prefix}kind`}
          value={draft.kind}
          options={KINDS.map((kind) => ({ value: kind, label: messages.accounts.kind[kind] }))}
          help={words.kindHelp[draft.kind]}
          onChange={(kind) => change({ ...draft, kind })}
        />
        {fields.slice(0, 1).map(input)}
        {draft.kind === "CHATGPT" ? (
          <Choice
            label={words.way}
            name={`${prefix}way`}
            value={draft.way}
            options={WAYS.map((way) => ({ value: way, label: words.ways[way] }))}
            onChange={(way) => change({ ...draft, way })}
          />
        ) : null}
        {fields.slice(1).filter((field) => !field.rare).map(input)}
        <CheckField label={words.plus} help={words.plusHelp} checked={draft.plus} onChange={(plus) => change({ ...draft, plus })} />
        {rare.length === 0 ? null : (
          <details className={styles.more} open={rare.some(({ name }) => mistakes[name]) || undefined}>
            <summary>{words.rare}</summary>
            {rare.map(input)}
          </details>
        )}
        {refusal ? <Notice tone="failed" announce {...refusal} /> : null}
        <div className={styles.buttons}>
          <Button type="submit" look="primary" aria-disabled={busy}>
            {busy ? words.working : words.submit}
          </Button>
        </div>
      </form>
    </SidePanel>
  );
}

interface AccountFieldProps {
  field: Field;
  id: string;
  value: string;
  mistake: Mistake | undefined;
  onChange: (value: string) => void;
}

function AccountField({ field, id, value, mistake, onChange }: AccountFieldProps) {
  const words = useMessages().accounts.form;
  const error = mistake === undefined ? null : "word" in mistake ? words[mistake.word] : mistake.sentence;
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
