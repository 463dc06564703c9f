import { explain, useMessages } from "@/messages/messages";

import type { Account } from "./standing";

/** Codes of what another password, token or key mends. */
const RENEWED = new Set(["wrong_password", "sign_in_failed", "sign_in_human_check", "sign_in_blocked", "sign_in_page_changed", "upstream_unauthorized"]);

type Reason = Pick<Account, "health" | "why" | "whyCode" | "source">;

/** Why an account stands as it does, and what an admin does about it; null where it is ready.  A reason without a known code is the server's. */
export function useWhy({ health, why, whyCode, source }: Reason): { what: string; todo: string } | null {
  const messages = useMessages();
  if (why === "") return null;
  const { byHand, attention, renew } = messages.accounts;
  if (whyCode === "by_hand") return { what: health === "DISABLED" ? byHand.DISABLED : byHand.RESTING, todo: "" };
  if (whyCode === null || !(whyCode in messages.errors)) return { what: messages.serverSays(why), todo: "" };
  const told = explain(messages, { code: whyCode, sentence: why });
  const todo = health === "NEEDS_ATTENTION" ? attention[whyCode] : undefined;
  if (todo === undefined) return told;
  const said = messages.errors[whyCode]?.detail === true ? messages.serverSays(why) : "";
  return { what: told.what, todo: [said, todo, RENEWED.has(whyCode) ? renew[source] : ""].filter(Boolean).join(" ") };
}
