import { Drafts } from "@/features/chat/drafts";

import { useApp } from "./context";

/** For when the session behind this page was ended by what was done here: as after signing out. */
export function useSignedOutEverywhere(): () => void {
  const { session } = useApp();
  return () => {
    void session.signOut();
    Drafts.forgetAll();
  };
}
