import { useEffect, useState } from "react";

import type { Api } from "@/graphql/api";
import { type Failure, failureFromThrown } from "@/graphql/failure";
import { explain, useMessages } from "@/messages/messages";
import { Button } from "@/ui/Button";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { Notice } from "@/ui/Notice";

import styles from "./Access.module.css";
import { SessionsQuery, SignOutEverywhereMutation } from "./access_documents";

/** In how many browsers the viewer is signed in, and the way out of all of them. */
export function SessionsSection({ api, onSignedOut }: { api: Api; onSignedOut: () => void }) {
  const messages = useMessages();
  const words = messages.access.sessions;
  const [count, setCount] = useState<number | null>(null);
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    let wanted = true;
    api.query(SessionsQuery, {}).then(
      ({ viewer }) => (wanted ? setCount(viewer.sessions) : undefined),
      // How many there are is left unsaid; signing out says what is wrong.
      failureFromThrown,
    );
    return () => {
      wanted = false;
    };
  }, [api]);

  async function signOut() {
    setBusy(true);
    setFailure(null);
    try {
      await api.mutate(SignOutEverywhereMutation, {});
      onSignedOut();
    } catch (thrown) {
      setBusy(false);
      setFailure(failureFromThrown(thrown));
    }
  }

  return (
    <div className={styles.section}>
      <p className={styles.soft}>{count === null ? words.text : words.count(count)}</p>
      <div className={styles.buttons}>
        <Button onClick={() => setAsking(true)}>{words.action}</Button>
      </div>
      <ConfirmDialog
        open={asking}
        title={words.title}
        text={words.confirm}
        yes={busy ? words.working : words.action}
        no={words.no}
        busy={busy}
        onYes={() => void signOut()}
        onClose={() => setAsking(false)}
      >
        {failure ? <Notice tone="failed" announce {...explain(messages, failure)} /> : null}
      </ConfirmDialog>
    </div>
  );
}
