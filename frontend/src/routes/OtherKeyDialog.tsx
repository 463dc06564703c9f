import { useState } from "react";

import { Drafts } from "@/features/chat/drafts";
import type { OtherKey, Viewer } from "@/features/session/session";
import type { Failure } from "@/graphql/failure";
import { explain, useMessages } from "@/messages/messages";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { Notice } from "@/ui/Notice";

import { useApp } from "./context";

interface OtherKeyDialogProps {
  viewer: Viewer;
  other: OtherKey;
  onClose: () => void;
}

/** Asks whoever is signed in and came by an address with somebody else's key as whom to go on. */
export default function OtherKeyDialog({ viewer, other, onClose }: OtherKeyDialogProps) {
  const { session } = useApp();
  const messages = useMessages();
  const words = messages.otherKey;
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function change(key: string) {
    setBusy(true);
    const failed = await session.signIn(key);
    setBusy(false);
    setFailure(failed);
    if (failed === null) Drafts.forgetAll();
  }

  return (
    <ConfirmDialog
      open
      title={words.title(other.name)}
      text={words.text(other.name, viewer.name)}
      yes={words.yes(other.name)}
      no={words.no(viewer.name)}
      busy={busy}
      onYes={() => void change(other.key)}
      onClose={onClose}
    >
      {failure ? <Notice tone="failed" announce {...explain(messages, failure)} /> : null}
    </ConfirmDialog>
  );
}
