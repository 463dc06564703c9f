import { useState } from "react";

import { useMessages, useToldBeside } from "@/messages/messages";
import { type Expiry, momentOf, NEVER } from "@/ui/expiry";
import { ExpiryField } from "@/ui/ExpiryField";
import { Form } from "@/ui/Form";
import { useMistakes } from "@/ui/mistakes";
import { TextField } from "@/ui/TextField";
import { useDeed } from "@/ui/use_deed";

import type { Access, Key } from "./access";
import { changeOf, expiryOf, FIELDS, mistakesOf } from "./key_form";

interface KeyFormProps {
  access: Access;
  /** The key to change; null for a new one. */
  of: Key | null;
  /** A new key is handed over, of a changed one null. */
  onDone: (secret: string | null) => void;
  onCancel: () => void;
}

/** A key's name and when it expires. */
export function KeyForm({ access, of, onDone, onCancel }: KeyFormProps) {
  const words = useMessages().access.form;
  const [name, setName] = useState(of?.name ?? "");
  const [expiry, setExpiry] = useState<Expiry>(() => (of === null ? NEVER : expiryOf(of)));
  const { idOf, show, mend, errorOf } = useMistakes(FIELDS, words);
  const { busy, refusal, perform } = useDeed(useToldBeside(FIELDS, show));

  function submit() {
    const now = Date.now();
    if (show(mistakesOf(name, expiry, of === null ? null : expiryOf(of), now))) return;
    void perform("deed", async () => {
      if (of === null) onDone(await access.add(name.trim(), momentOf(expiry, now) ?? null));
      else {
        await access.change(of.id, changeOf(of, name, expiry, now));
        onDone(null);
      }
    });
  }

  return (
    <Form
      label={of === null ? words.add : words.change(of.name)}
      submit={busy ? words.working : of === null ? words.submit : words.save}
      busy={busy !== null}
      refusal={refusal}
      onSubmit={submit}
      cancel={words.cancel}
      onCancel={onCancel}
    >
      <TextField
        id={idOf("name")}
        label={words.name}
        help={words.nameHelp}
        error={errorOf("name")}
        value={name}
        onChange={(next) => {
          setName(next);
          mend("name");
        }}
        // It was asked for by a click, and stands where that was.
        // eslint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
      />
      <ExpiryField
        id={idOf("expiresAt")}
        value={expiry}
        error={errorOf("expiresAt")}
        onChange={(next) => {
          setExpiry(next);
          mend("expiresAt");
        }}
      />
    </Form>
  );
}
