import { type SyntheticEvent, useId, useState } from "react";

import type { Api } from "@/graphql/api";
import { failureFromThrown } from "@/graphql/failure";
import { explain, useMessages } from "@/messages/messages";
import { Button } from "@/ui/Button";
import { KeyField } from "@/ui/KeyField";
import { exactTime } from "@/ui/moments";
import { Notice } from "@/ui/Notice";
import { ShownOnce } from "@/ui/ShownOnce";
import { TextField } from "@/ui/TextField";

import styles from "./Access.module.css";
import { RetrieveAccessTokenMutation } from "./access_documents";

interface Retrieved {
  accessToken: string;
  expiresAt: string | null;
}

/** From the e-mail address and password of a ChatGPT account to its access token.  What is typed and what comes lives in this component alone. */
export function AccessTokenForm({ api }: { api: Api }) {
  const messages = useMessages();
  const words = messages.access.token;
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<{ what: string; todo: string } | null>(null);
  const [got, setGot] = useState<Retrieved | null>(null);
  const prefix = useId();
  const missing = (value: string) => (tried && value.trim() === "" ? words.missing : null);

  async function submit(event: SyntheticEvent) {
    event.preventDefault();
    if (busy) return;
    setTried(true);
    setRefusal(null);
    const empty = email.trim() === "" ? "email" : password === "" ? "password" : null;
    if (empty !== null) {
      document.getElementById(prefix + empty)?.focus();
      return;
    }
    setBusy(true);
    setGot(null);
    try {
      const { retrieveAccessToken } = await api.mutate(RetrieveAccessTokenMutation, { input: { email: email.trim(), password } });
      setGot(retrieveAccessToken);
      setPassword("");
      setTried(false);
    } catch (thrown) {
      setRefusal(explain(messages, failureFromThrown(thrown)));
    }
    setBusy(false);
  }

  return (
    <>
      <form className={styles.form} noValidate autoComplete="off" aria-label={words.title} onSubmit={(event) => void submit(event)}>
        <TextField
          id={`${prefix}email`}
          label={words.email}
          inputMode="email"
          autoComplete="off"
          error={missing(email)}
          value={email}
          onChange={setEmail}
        />
        <KeyField
          id={`${prefix}password`}
          label={words.password}
          help={words.passwordHelp}
          labels={{ show: words.show, hide: words.hide }}
          autoComplete="new-password"
          error={missing(password)}
          value={password}
          onChange={setPassword}
        />
        {refusal ? <Notice tone="failed" announce {...refusal} /> : null}
        <div className={styles.buttons}>
          <Button type="submit" look="primary" aria-disabled={busy}>
            {busy ? words.working : words.submit}
          </Button>
        </div>
      </form>
      {got === null ? null : (
        <ShownOnce
          label={words.got}
          secret={got.accessToken}
          note={`${got.expiresAt === null ? words.expiryUnknown : words.expires(exactTime(Date.parse(got.expiresAt), messages.language))} ${words.once}`}
        />
      )}
    </>
  );
}
