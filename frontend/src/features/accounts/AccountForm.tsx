import { Fragment, useEffect, useRef } from "react";

import { failureFromThrown } from "@/graphql/failure";
import { useMessages, useTold } from "@/messages/messages";
import { refusedFields } from "@/messages/mistakes";
import { CheckField } from "@/ui/CheckField";
import { Choice } from "@/ui/Choice";
import { Form } from "@/ui/Form";
import { KeyField } from "@/ui/KeyField";
import { useMistakes } from "@/ui/mistakes";
import { TextField } from "@/ui/TextField";
import { useDeed } from "@/ui/use_deed";
import { useUiWords } from "@/ui/words";

import { type Draft, type Field, fieldsOf, isKept, KINDS, mistakesFrom, mistakesOf, WAYS } from "./account_form";
import styles from "./AccountPanel.module.css";

interface AccountFormProps {
  draft: Draft;
  /** As it was before anything was typed. */
  before: Draft;
  onType: (draft: Draft) => void;
  submit: string;
  working: string;
  /** Gives the account's name. */
  send: () => Promise<string>;
  onSent: (name: string) => void;
  cancel?: string;
  onCancel?: () => void;
}

/** The fields of an account, new or there.  The secrets that are typed live in whoever shows it alone, and end with it. */
export function AccountForm({ draft, before, onType, submit, working, send, onSent, ...cancelling }: AccountFormProps) {
  const messages = useMessages();
  const words = messages.accounts.form;
  const isNew = before.kept === null;
  const fields = fieldsOf(draft);
  const name = fields.filter((field) => field.name === "name");
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
    onType(next);
    forget();
    if (next.kind !== draft.kind || next.way !== draft.way) show({});
  }

  function onSubmit() {
    if (show(mistakesOf(draft))) return;
    void perform("deed", async () => {
      const name = await send();
      // Whoever has gone to another page meanwhile is not taken back.
      if (here.current) onSent(name);
    });
  }

  function helpOf({ name, look }: Field): string {
    if (name === "proxy" && before.values.proxy && !draft.values.proxy?.trim()) return words.directHelp;
    return isKept(draft, name) ? words.keptHelp[look === "secret" ? "secret" : "proxy"] : "";
  }

  const input = (field: Field) => (
    <AccountField
      key={field.name}
      field={field}
      help={helpOf(field)}
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
    <Form submit={busy ? working : submit} busy={busy !== null} refusal={refusal} onSubmit={onSubmit} {...cancelling}>
      {isNew ? (
        <Choice
          label={words.kind}
          name={idOf("kind")}
          value={draft.kind}
          options={KINDS.map((kind) => ({ value: kind, label: messages.accounts.kind[kind] }))}
          help={words.kindHelp[draft.kind]}
          onChange={(kind) => change({ ...draft, kind })}
        />
      ) : null}
      {name.map(input)}
      {draft.kind === "CHATGPT" ? (
        <Choice
          label={words.way}
          name={idOf("way")}
          value={draft.way}
          options={WAYS.map((way) => ({ value: way, label: words.ways[way] }))}
          help={isNew || draft.way === before.way ? "" : words.wayHelp}
          onChange={(way) => change({ ...draft, way })}
        />
      ) : null}
      {fields.filter((field) => field.name !== "name" && !field.rare).map((field) => (
        <Fragment key={field.name}>
          {field.name === "proxy" && isKept(before, "apiKey") ? (
            <CheckField label={words.withoutKey} checked={draft.withoutKey} onChange={(withoutKey) => change({ ...draft, withoutKey })} />
          ) : null}
          {input(field)}
        </Fragment>
      ))}
      <CheckField label={words.plus} help={words.plusHelp} checked={draft.plus} onChange={(plus) => change({ ...draft, plus })} />
      {rare.length === 0 ? null : (
        <details className={styles.more} open={rare.some(({ name }) => errorOf(name) !== null) || undefined}>
          <summary>{words.rare}</summary>
          {rare.map(input)}
        </details>
      )}
    </Form>
  );
}

interface AccountFieldProps {
  field: Field;
  /** What is to be said beside what the field's own help says. */
  help: string;
  id: string;
  value: string;
  error: string | null;
  onChange: (value: string) => void;
}

function AccountField({ field, help, id, value, error, onChange }: AccountFieldProps) {
  const words = useMessages().accounts.form;
  const { optional, show, hide } = useUiWords();
  const { label, help: own } = words.fields[field.name];
  const note = field.required || help !== "" ? "" : optional;
  const shared = { id, label, help: `${own} ${help}`.trim(), error, value, onChange, note };
  if (field.look === "secret") {
    // No browser is to offer to keep it.
    return <KeyField {...shared} labels={{ show: show(label), hide: hide(label) }} autoComplete="new-password" />;
  }
  const modes = { text: "text", number: "numeric", address: "url", email: "email" } as const;
  return <TextField {...shared} inputMode={modes[field.look]} autoComplete="off" required={field.required} />;
}
