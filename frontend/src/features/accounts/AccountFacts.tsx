import { useMessages } from "@/messages/messages";
import { Badge } from "@/ui/Badge";
import { Time } from "@/ui/Time";

import styles from "./AccountsList.module.css";
import { exactTime, relativeTime } from "./moments";
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
export function Until({ account, now }: { account: Account; now: number }) {
  const words = useMessages().accounts;
  if (account.health !== "RESTING" || account.until === null) return null;
  return (
    <span>
      {words.back} <Moment at={account.until} now={now} />
    </span>
  );
}

export function LastUsed({ account, now }: { account: Account; now: number }) {
  const words = useMessages().accounts;
  if (account.lastUsedAt === null) return <span title={words.neverHelp}>{words.never}</span>;
  return <Moment at={account.lastUsedAt} now={now} />;
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

function Moment({ at, now }: { at: string; now: number }) {
  const { language } = useMessages();
  const moment = Date.parse(at);
  return (
    <span className={styles.moment}>
      <Time at={at} shown={relativeTime(moment, now, language)} exact={exactTime(moment, language)} />
    </span>
  );
}
