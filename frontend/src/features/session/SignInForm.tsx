import { type SyntheticEvent, useRef, useState } from "react";

import { type Failure, NOT_AUTHENTICATED } from "@/graphql/failure";
import type { Messages } from "@/messages/en";
import { explain, useMessages } from "@/messages/messages";
import { Button } from "@/ui/Button";
import { KeyField } from "@/ui/KeyField";

import { type Proof, proofIn } from "./proof";
import styles from "./SignInForm.module.css";

interface Refusal {
  failure: Failure;
  by: "link" | "key";
}

interface SignInFormProps {
  signIn: (proof: Proof) => Promise<Failure | null>;
  /** Why what came along in the address did not sign in. */
  arrival: Refusal | null;
}

function sentenceOf(messages: Messages, { failure, by }: Refusal): string {
  const { linkUsed, linkUsedTodo } = messages.signIn;
  if (by === "link" && failure.code === NOT_AUTHENTICATED) return `${linkUsed} ${linkUsedTodo}`;
  const { what, todo } = explain(messages, failure);
  return `${what} ${todo}`;
}

export function SignInForm({ signIn, arrival }: SignInFormProps) {
  const messages = useMessages();
  const words = messages.signIn;
  const [key, setKey] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(() => (arrival ? sentenceOf(messages, arrival) : null));
  const input = useRef<HTMLInputElement>(null);

  async function submit(event: SyntheticEvent) {
    event.preventDefault();
    if (busy) return;
    const proof = proofIn(key);
    if (proof === null) {
      setError(words.missing);
      input.current?.focus();
      return;
    }
    setBusy(true);
    setError(null);
    const failure = await signIn(proof);
    if (failure === null) return;
    setBusy(false);
    setError(sentenceOf(messages, { failure, by: "link" in proof ? "link" : "key" }));
    input.current?.focus();
    input.current?.select();
  }

  return (
    <form className={styles.form} noValidate onSubmit={(event) => void submit(event)}>
      <KeyField
        label={words.key}
        help={words.keyHelp}
        error={error}
        labels={{ show: words.show, hide: words.hide }}
        value={key}
        onChange={setKey}
        inputRef={input}
      />
      <Button type="submit" look="primary" aria-disabled={busy}>
        {busy ? words.working : words.submit}
      </Button>
      <div className={styles.noKey}>
        <p>
          <strong>{words.noKey}</strong> {words.noKeyAsk}
        </p>
        <p>{words.noKeyHelp}</p>
        <code className={styles.command}>{words.noKeyCommand}</code>
      </div>
    </form>
  );
}
