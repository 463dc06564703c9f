import { type SyntheticEvent, useId, useState } from "react";

import { failureFromThrown } from "@/graphql/failure";
import { explain, useMessages } from "@/messages/messages";
import { refusedFields } from "@/messages/mistakes";
import { Button } from "@/ui/Button";
import { type Expiry, momentOf, NEVER } from "@/ui/expiry";
import { ExpiryField } from "@/ui/ExpiryField";
import { Notice } from "@/ui/Notice";
import { TextField } from "@/ui/TextField";

import styles from "./Access.module.css";
import type { Access, Key } from "./access";
import { changeOf, expiryOf, type Mistake, type Mistakes, mistakesFrom, mistakesOf } from "./key_form";

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
  const messages = useMessages();
  const words = messages.access.form;
  const [name, setName] = useState(of?.name ?? "");
  const [expiry, setExpiry] = useState<Expiry>(() => (of === null ? NEVER : expiryOf(of)));
  const [mistakes, setMistakes] = useState<Mistakes>({});
  const [refusal, setRefusal] = useState<{ what: string; todo: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const prefix = useId();

  function show(found: Mistakes) {
    setMistakes(found);
    const first = found.name ? "name" : found.expiresAt ? "expiresAt" : null;
    if (first !== null) requestAnimationFrame(() => document.getElementById(prefix + first)?.focus());
  }

  async function submit(event: SyntheticEvent) {
    event.preventDefault();
    if (busy) return;
    const now = Date.now();
    const found = mistakesOf(name, expiry, of === null ? null : expiryOf(of), now);
    show(found);
    setRefusal(null);
    if (Object.keys(found).length > 0) return;
    setBusy(true);
    try {
      if (of === null) onDone(await access.add(name.trim(), momentOf(expiry, now) ?? null));
      else {
        await access.change(of.id, changeOf(of, name, expiry, now));
        onDone(null);
      }
    } catch (thrown) {
      const failure = failureFromThrown(thrown);
      setBusy(false);
      const named = mistakesFrom(refusedFields(messages, failure));
      if (named) show(named);
      else setRefusal(explain(messages, failure));
    }
  }

  const sentence = (mistake: Mistake | undefined) =>
    mistake === undefined ? null : "word" in mistake ? words[mistake.word] : mistake.sentence;
  return (
    <form className={styles.form} noValidate autoComplete="off" aria-label={of === null ? words.add : words.change(of.name)} onSubmit={(event) => void submit(event)}>
      <TextField
        id={`${prefix}name`}
        label={words.name}
        help={words.nameHelp}
        error={sentence(mistakes.name)}
        value={name}
        onChange={(next) => {
          setName(next);
          setMistakes(({ expiresAt }) => (expiresAt ? { expiresAt } : {}));
        }}
        // It was asked for by a click, and stands where that was.
        // eslint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
      />
      <ExpiryField
        id={`${prefix}expiresAt`}
        value={expiry}
        error={sentence(mistakes.expiresAt)}
        onChange={(next) => {
          setExpiry(next);
          setMistakes(({ name: other }) => (other ? { name: other } : {}));
        }}
      />
      {refusal ? <Notice tone="failed" announce {...refusal} /> : null}
      <div className={styles.buttons}>
        <Button type="submit" look="primary" aria-disabled={busy}>
          {busy ? words.working : of === null ? words.submit : words.save}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          {words.cancel}
        </Button>
      </div>
    </form>
  );
}
