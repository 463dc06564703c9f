import { useEffect, useState } from "react";

import type { Api } from "@/graphql/api";
import { failureFromThrown } from "@/graphql/failure";
import { useMessages, useTold } from "@/messages/messages";
import { Buttons } from "@/ui/Actions";
import { Button } from "@/ui/Button";
import { ConfirmDialog } from "@/ui/ConfirmDialog";

import styles from "./Access.module.css";
import { SessionsQuery, SignOutEverywhereMutation } from "./access_documents";

/** In how many browsers the viewer is signed in, and the way out of all of them. */
export function SessionsSection({ api, onSignedOut }: { api: Api; onSignedOut: () => void }) {
  const words = useMessages().access.sessions;
  const told = useTold();
  const [count, setCount] = useState<number | null>(null);
  const [asking, setAsking] = useState(false);
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

  return (
    <div className={styles.section}>
      <p className={styles.soft}>{count === null ? words.text : words.count(count)}</p>
      <Buttons>
        <Button onClick={() => setAsking(true)}>{words.action}</Button>
      </Buttons>
      <ConfirmDialog
        open={asking}
        title={words.title}
        text={words.confirm}
        yes={words.action}
        working={words.working}
        no={words.no}
        act={async () => {
          await api.mutate(SignOutEverywhereMutation, {});
          onSignedOut();
        }}
        told={told}
        onClose={() => setAsking(false)}
      />
    </div>
  );
}
