import { type SyntheticEvent, useId, useState } from "react";

import { type Failure, failureFromThrown } from "@/graphql/failure";
import type { Role } from "@/graphql/generated/graphql";
import { explain, useMessages } from "@/messages/messages";
import { Button } from "@/ui/Button";
import { Choice } from "@/ui/Choice";
import { Notice } from "@/ui/Notice";
import { TextField } from "@/ui/TextField";

import { ROLES, type User } from "./standing";
import { LONGEST } from "./user_form";
import styles from "./UserPanel.module.css";
import type { Users } from "./users";

interface EditUserProps {
  users: Users;
  user: User;
  mayChangeRole: boolean;
  onDone: () => void;
  onCancel: () => void;
}

/** A user's name, and for admins its role. */
export function EditUser({ users, user, mayChangeRole, onDone, onCancel }: EditUserProps) {
  const messages = useMessages();
  const words = messages.users.form;
  const [name, setName] = useState(user.name);
  const [role, setRole] = useState<Role>(user.role);
  const [wrong, setWrong] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const id = useId();

  async function submit(event: SyntheticEvent) {
    event.preventDefault();
    if (busy) return;
    const wanted = name.trim();
    const mistake = wanted === "" ? words.missing : wanted.length > LONGEST.name ? words.tooLong : null;
    setWrong(mistake);
    setFailure(null);
    if (mistake !== null) {
      document.getElementById(id)?.focus();
      return;
    }
    setBusy(true);
    try {
      await users.change(user.id, { ...(wanted === user.name ? {} : { name: wanted }), ...(role === user.role ? {} : { role }) });
      onDone();
    } catch (thrown) {
      setBusy(false);
      setFailure(failureFromThrown(thrown));
    }
  }

  return (
    <form className={styles.form} noValidate autoComplete="off" aria-label={words.edit} onSubmit={(event) => void submit(event)}>
      <TextField
        id={id}
        label={words.fields.name.label}
        error={wrong}
        value={name}
        onChange={setName}
        // It was asked for by a click, and stands where that was.
        // eslint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
      />
      {mayChangeRole ? (
        <Choice
          label={words.role}
          name={`${id}role`}
          value={role}
          options={ROLES.map((value) => ({ value, label: messages.user.role[value] }))}
          help={words.roleHelp[role]}
          onChange={setRole}
        />
      ) : null}
      {failure ? <Notice tone="failed" announce {...explain(messages, failure)} /> : null}
      <div className={styles.buttons}>
        <Button type="submit" look="primary" aria-disabled={busy}>
          {busy ? words.saving : words.save}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          {words.cancel}
        </Button>
      </div>
    </form>
  );
}
