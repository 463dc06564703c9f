import { Drafts } from "@/features/chat/drafts";
import type { OtherKey, Viewer } from "@/features/session/session";
import { useMessages, useTold } from "@/messages/messages";
import { ConfirmDialog } from "@/ui/ConfirmDialog";

import { useApp } from "./context";

interface OtherKeyDialogProps {
  viewer: Viewer;
  other: OtherKey;
  onClose: () => void;
}

/** Asks whoever is signed in and came by an address with somebody else's key as whom to go on. */
export default function OtherKeyDialog({ viewer, other, onClose }: OtherKeyDialogProps) {
  const { session } = useApp();
  const words = useMessages().otherKey;
  const yes = words.yes(other.name);
  return (
    <ConfirmDialog
      open
      title={words.title(other.name)}
      text={words.text(other.name, viewer.name)}
      yes={yes}
      working={yes}
      no={words.no(viewer.name)}
      act={async () => {
        const failure = await session.signIn({ key: other.key });
        if (failure !== null) throw failure;
        Drafts.forgetAll();
      }}
      told={useTold()}
      onClose={onClose}
    />
  );
}
