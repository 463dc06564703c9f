import { type SyntheticEvent, useId, useState } from "react";

import { failureFromThrown } from "@/graphql/failure";
import type { Role } from "@/graphql/generated/graphql";
import { explain, useMessages } from "@/messages/messages";
import { refusedFields } from "@/messages/mistakes";
import { Button } from "@/ui/Button";
import { CheckField } from "@/ui/CheckField";
import { Choice } from "@/ui/Choice";
import { type Expiry, momentOf, NEVER } from "@/ui/expiry";
import { ExpiryField } from "@/ui/ExpiryField";
import { Notice } from "@/ui/Notice";
import { TextField } from "@/ui/TextField";

import { ROLES, type User } from "./standing";
import { type Draft, type FieldName, FIELDS, inputOf, type Mistakes, mistakesFrom, mistakesOf } from "./user_form";
import styles from "./UserPanel.module.css";
import type { Users } from "./users";

export interface Issued {
  key: string;
  user: User;
}

interface AddUserProps {
  users: Users;
  /** The role that is chosen at first; a viewer who may make users alone is not asked. */
  role: Role;
  mayChooseRole: boolean;
  mayAllowPlus: boolean;
  onIssued: (issued: Issued) => void;
}

/** The form for a new user and its first key. */
export function AddUser({ users, role, mayChooseRole, mayAllowPlus, onIssued }: AddUserProps) {
  const messages = useMessages();
  const words = messages.users.form;
  const [draft, setDraft] = useState<Draft>({ name: "", role, plus: false, externalId: "", keyName: words.firstKey });
  const [expiry, setExpiry] = useState<Expiry>(NEVER);
  const [mistakes, setMistakes] = useState<Mistakes>({});
  const [refusal, setRefusal] = useState<{ what: string; todo: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const prefix = useId();

  function show(found: Mistakes) {
    setMistakes(found);
    const first = FIELDS.find((name) => found[name]);
    if (first) requestAnimationFrame(() => document.getElementById(prefix + first)?.focus());
  }

  async function submit(event: SyntheticEvent) {
    event.preventDefault();
    if (busy) return;
    const expiresAt = momentOf(expiry, Date.now());
    const found = mistakesOf(draft, expiresAt);
    show(found);
    setRefusal(null);
    if (Object.keys(found).length > 0) return;
    setBusy(true);
    try {
      onIssued(await users.issue(inputOf(draft, expiresAt ?? null)));
    } catch (thrown) {
      const failure = failureFromThrown(thrown);
      setBusy(false);
      const named = mistakesFrom(refusedFields(messages, failure));
      if (named) show(named);
      else setRefusal(explain(messages, failure));
    }
  }

  const sentence = (name: FieldName) => {
    const mistake = mistakes[name];
    return mistake === undefined ? null : "word" in mistake ? words[mistake.word] : mistake.sentence;
  };
  const mend = (name: FieldName) => setMistakes((all) => Object.fromEntries(Object.entries(all).filter(([other]) => other !== name)));
  const field = (name: "name" | "externalId" | "keyName") => (
    <TextField
      id={prefix + name}
      label={words.fields[name].label}
      help={words.fields[name].help}
      note={name === "externalId" ? words.optional : ""}
      autoComplete="off"
      error={sentence(name)}
      value={draft[name]}
      onChange={(value) => {
        mend(name);
        setDraft({ ...draft, [name]: value });
      }}
    />
  );
  return (
    <form className={styles.form} noValidate autoComplete="off" onSubmit={(event) => void submit(event)}>
      {field("name")}
      {mayChooseRole ? (
        <Choice
          label={words.role}
          name={`${prefix}role`}
          value={draft.role}
          options={ROLES.toReversed().map((value) => ({ value, label: messages.user.role[value] }))}
          help={words.roleHelp[draft.role]}
          onChange={(chosen) => setDraft({ ...draft, role: chosen })}
        />
      ) : null}
      {mayAllowPlus ? (
        <CheckField label={words.plus} help={words.plusHelp} checked={draft.plus} onChange={(plus) => setDraft({ ...draft, plus })} />
      ) : null}
      {field("externalId")}
      {field("keyName")}
      <ExpiryField
        id={`${prefix}expiresAt`}
        value={expiry}
        error={sentence("expiresAt")}
        onChange={(next) => {
          mend("expiresAt");
          setExpiry(next);
        }}
      />
      {refusal ? <Notice tone="failed" announce {...refusal} /> : null}
      <div className={styles.buttons}>
        <Button type="submit" look="primary" aria-disabled={busy}>
          {busy ? words.working : words.submit}
        </Button>
      </div>
    </form>
  );
}
