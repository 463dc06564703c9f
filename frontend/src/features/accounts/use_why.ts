import { explain, useMessages } from "@/messages/messages";

import type { Account } from "./standing";

/** Why an account stands as it does, and what to do; null where it is ready.  A reason without a known code is the server's. */
export function useWhy({ health, why, whyCode }: Pick<Account, "health" | "why" | "whyCode">): { what: string; todo: string } | null {
  const messages = useMessages();
  if (why === "") return null;
  const { byHand } = messages.accounts;
  if (whyCode === "by_hand") return { what: health === "DISABLED" ? byHand.DISABLED : byHand.RESTING, todo: "" };
  if (whyCode === null || !(whyCode in messages.errors)) return { what: messages.serverSays(why), todo: "" };
  return explain(messages, { code: whyCode, sentence: why });
}
