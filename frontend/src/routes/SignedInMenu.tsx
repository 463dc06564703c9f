import { useState } from "react";

import { Drafts } from "@/features/chat/drafts";
import type { Server, Viewer } from "@/features/session/session";
import { UserMenu } from "@/features/session/UserMenu";
import type { Failure } from "@/graphql/failure";
import { explain, useMessages } from "@/messages/messages";
import { Notice } from "@/ui/Notice";

import { useApp } from "./context";

/** Who is signed in, and the way out. */
export function SignedInMenu({ viewer, server }: { viewer: Viewer; server: Server }) {
  const { session } = useApp();
  const messages = useMessages();
  const [failure, setFailure] = useState<Failure | null>(null);

  async function signOut() {
    const failed = await session.signOut();
    setFailure(failed);
    if (failed === null) Drafts.forgetAll();
  }

  function told(failed: Failure): string {
    const { what, todo } = explain(messages, failed);
    return `${what} ${todo}`.trim();
  }

  return (
    <>
      {failure ? <Notice tone="failed" announce what={messages.user.signOutFailed} todo={told(failure)} /> : null}
      <UserMenu viewer={viewer} server={server} onSignOut={() => void signOut()} />
    </>
  );
}
