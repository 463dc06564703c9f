import { Plus } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";

import { prefer } from "@/browser/preferences";
import { explain, useMessages } from "@/messages/messages";
import type { Snippet } from "@/snippets";
import { Buttons } from "@/ui/Actions";
import { Button } from "@/ui/Button";
import { ShownOnce } from "@/ui/ShownOnce";
import { Skeleton } from "@/ui/Skeleton";
import { Snippets } from "@/ui/Snippets";
import { FailedState } from "@/ui/States";

import styles from "./Access.module.css";
import type { Access } from "./access";
import { KeyForm } from "./KeyForm";
import { KeyRow } from "./KeyRow";

const ADD = "add-key";

interface KeysSectionProps {
  access: Access;
  /** Whose keys these are; null for the viewer's own. */
  owner: string | null;
  mayAdd: boolean;
  /** Ready calls with a new key. */
  callsWith: (key: string) => readonly Snippet[];
  /** The key behind the session was revoked. */
  onSignedOut: () => void;
}

/** A user's keys: add one, shown this once, change one, revoke one. */
export function KeysSection({ access, owner, mayAdd, callsWith, onSignedOut }: KeysSectionProps) {
  const messages = useMessages();
  const words = messages.access;
  const { status, failure, keys } = useStore(access.store);
  const [adding, setAdding] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  if (status === "loading") return <Skeleton label={words.loading} lines={4} />;
  if (status === "failed" && failure) {
    return <FailedState title={words.failedTitle} {...explain(messages, failure)} onRetry={() => access.retry()} />;
  }
  const close = () => {
    setAdding(false);
    requestAnimationFrame(() => document.getElementById(ADD)?.focus());
  };
  return (
    <div className={styles.section}>
      {adding ? (
        <KeyForm
          access={access}
          of={null}
          onDone={(made) => {
            setAdding(false);
            setSecret(made);
          }}
          onCancel={close}
        />
      ) : mayAdd ? (
        <Buttons>
          <Button
            id={ADD}
            onClick={() => {
              setSecret(null);
              setAdding(true);
            }}
          >
            <Plus size={16} aria-hidden="true" />
            {words.add}
          </Button>
        </Buttons>
      ) : null}
      {secret === null ? null : (
        <>
          <ShownOnce label={words.newKey} secret={secret} note={words.once} />
          <Snippets label={words.calls} snippets={callsWith(secret)} onCopied={() => prefer("snippet", "copied")} />
        </>
      )}
      {keys.length === 0 ? (
        <p className={styles.soft}>{owner === null ? words.noneOfMine : words.none}</p>
      ) : (
        <ul className={styles.keys} aria-label={owner === null ? words.listOfMine : words.list(owner)}>
          {keys.map((key) => (
            <KeyRow key={key.id} access={access} of={key} mine={owner === null} onSignedOut={onSignedOut} />
          ))}
        </ul>
      )}
    </div>
  );
}
