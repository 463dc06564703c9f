import { useUnsent } from "@/browser/use_unsent";
import type { Role } from "@/graphql/generated/graphql";
import { useMessages, useToldBeside } from "@/messages/messages";
import { CheckField } from "@/ui/CheckField";
import { Choice } from "@/ui/Choice";
import { type Expiry, momentOf, NEVER } from "@/ui/expiry";
import { ExpiryField } from "@/ui/ExpiryField";
import { Form } from "@/ui/Form";
import { useMistakes } from "@/ui/mistakes";
import { TextField } from "@/ui/TextField";
import { useDeed } from "@/ui/use_deed";

import { ROLES, type User } from "./standing";
import { type Draft, FIELDS, inputOf, mistakesOf } from "./user_form";
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
  const [draft, setDraft] = useUnsent<Draft>("add-user", { name: "", role, plus: false, externalId: "", keyName: words.firstKey });
  const [expiry, setExpiry] = useUnsent<Expiry>("add-user-expiry", NEVER);
  const { idOf, show, mend, errorOf } = useMistakes(FIELDS, words);
  const { busy, refusal, perform } = useDeed(useToldBeside(FIELDS, show));

  function submit() {
    const expiresAt = momentOf(expiry, Date.now());
    if (show(mistakesOf(draft, expiresAt))) return;
    void perform("deed", async () => onIssued(await users.issue(inputOf(draft, expiresAt ?? null))));
  }

  const field = (name: "name" | "externalId" | "keyName") => (
    <TextField
      id={idOf(name)}
      label={words.fields[name].label}
      help={words.fields[name].help}
      note={name === "externalId" ? words.optional : ""}
      autoComplete="off"
      error={errorOf(name)}
      value={draft[name]}
      onChange={(value) => {
        mend(name);
        setDraft({ ...draft, [name]: value });
      }}
    />
  );
  return (
    <Form submit={busy ? words.working : words.submit} busy={busy !== null} refusal={refusal} onSubmit={submit}>
      {field("name")}
      {mayChooseRole ? (
        <Choice
          label={words.role}
          name={idOf("role")}
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
        id={idOf("expiresAt")}
        value={expiry}
        error={errorOf("expiresAt")}
        onChange={(next) => {
          mend("expiresAt");
          setExpiry(next);
        }}
      />
    </Form>
  );
}
