import { useState } from "react";

import type { Role } from "@/graphql/generated/graphql";
import { useMessages, useToldBeside } from "@/messages/messages";
import { Choice } from "@/ui/Choice";
import { Form } from "@/ui/Form";
import { useMistakes } from "@/ui/mistakes";
import { TextField } from "@/ui/TextField";
import { useDeed } from "@/ui/use_deed";

import { ROLES, type User } from "./standing";
import { LONGEST } from "./user_form";
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
  const { idOf, show, errorOf } = useMistakes(["name"], words);
  const { busy, refusal, perform } = useDeed(useToldBeside(["name"], show));

  function submit() {
    const wanted = name.trim();
    if (show(wanted === "" ? { name: { word: "missing" } } : wanted.length > LONGEST.name ? { name: { word: "tooLong" } } : {})) return;
    void perform("deed", async () => {
      await users.change(user.id, { ...(wanted === user.name ? {} : { name: wanted }), ...(role === user.role ? {} : { role }) });
      onDone();
    });
  }

  return (
    <Form
      label={words.edit}
      submit={busy ? words.saving : words.save}
      busy={busy !== null}
      refusal={refusal}
      onSubmit={submit}
      cancel={words.cancel}
      onCancel={onCancel}
    >
      <TextField
        id={idOf("name")}
        label={words.fields.name.label}
        error={errorOf("name")}
        value={name}
        onChange={setName}
        // It was asked for by a click, and stands where that was.
        // eslint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
      />
      {mayChangeRole ? (
        <Choice
          label={words.role}
          name={idOf("role")}
          value={role}
          options={ROLES.map((value) => ({ value, label: messages.user.role[value] }))}
          help={words.roleHelp[role]}
          onChange={setRole}
        />
      ) : null}
    </Form>
  );
}
