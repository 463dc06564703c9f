import { useMessages } from "@/messages/messages";
import { Badge } from "@/ui/Badge";
import { RelativeTime } from "@/ui/RelativeTime";

import { type Account, type Standing, standingOf } from "./standing";

const TONES = {
  ready: "ready",
  busy: "active",
  resting: "warning",
  needsAttention: "failed",
  disabled: "idle",
} as const satisfies Record<Standing, string>;

export function StandingBadge({ account }: { account: Account }) {
  const words = useMessages().accounts;
  const standing = standingOf(account);
  return <Badge tone={TONES[standing]}>{words.standing[standing]}</Badge>;
}

/** When a resting account comes back. */
export function Until({ account }: { account: Account }) {
  const words = useMessages().accounts;
  if (account.health !== "RESTING" || account.until === null) return null;
  return (
    <span>
      {words.back} <RelativeTime at={account.until} />
    </span>
  );
}

export function LastUsed({ account }: { account: Account }) {
  const words = useMessages().accounts;
  if (account.lastUsedAt === null) return <span title={words.neverHelp}>{words.never}</span>;
  return <RelativeTime at={account.lastUsedAt} />;
}

/** The account's plan, where its kind has plans. */
export function Plan({ account }: { account: Account }) {
  const words = useMessages().accounts;
  return account.plus ? words.plus : words.free;
}

export function InFlight({ account }: { account: Account }) {
  const words = useMessages().accounts;
  return <span title={words.inFlightHelp}>{words.inFlight(account.inFlight, account.concurrency)}</span>;
}
