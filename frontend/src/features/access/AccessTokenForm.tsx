import { useState } from "react";

import { useUnsent } from "@/browser/use_unsent";
import type { Api } from "@/graphql/api";
import { useMessages, useTold } from "@/messages/messages";
import { Form } from "@/ui/Form";
import { KeyField } from "@/ui/KeyField";
import { useMistakes } from "@/ui/mistakes";
import { exactTime } from "@/ui/moments";
import { ShownOnce } from "@/ui/ShownOnce";
import { TextField } from "@/ui/TextField";
import { useDeed } from "@/ui/use_deed";

import { RetrieveAccessTokenMutation } from "./access_documents";

interface Retrieved {
  accessToken: string;
  expiresAt: string | null;
}

/** From the e-mail address and password of a ChatGPT account to its access token.  The password and what comes live in this component alone. */
export function AccessTokenForm({ api }: { api: Api }) {
  const messages = useMessages();
  const words = messages.access.token;
  const [email, setEmail] = useUnsent("access-token-email", "");
  const [password, setPassword] = useState("");
  const [got, setGot] = useState<Retrieved | null>(null);
  const { idOf, show, mend, errorOf } = useMistakes(["email", "password"], words);
  const { busy, refusal, perform } = useDeed(useTold());

  function submit() {
    const missing = { word: "missing" } as const;
    if (show({ ...(email.trim() === "" ? { email: missing } : {}), ...(password === "" ? { password: missing } : {}) })) return;
    void perform("deed", async () => {
      setGot(null);
      const { retrieveAccessToken } = await api.mutate(RetrieveAccessTokenMutation, { input: { email: email.trim(), password } });
      setGot(retrieveAccessToken);
      setPassword("");
    });
  }

  return (
    <>
      <Form
        label={words.title}
        submit={busy ? words.working : words.submit}
        busy={busy !== null}
        refusal={refusal}
        onSubmit={submit}
      >
        <TextField
          id={idOf("email")}
          label={words.email}
          inputMode="email"
          autoComplete="off"
          error={errorOf("email")}
          value={email}
          onChange={(next) => {
            mend("email");
            setEmail(next);
          }}
        />
        <KeyField
          id={idOf("password")}
          label={words.password}
          help={words.passwordHelp}
          labels={{ show: words.show, hide: words.hide }}
          autoComplete="new-password"
          error={errorOf("password")}
          value={password}
          onChange={(next) => {
            mend("password");
            setPassword(next);
          }}
        />
      </Form>
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
