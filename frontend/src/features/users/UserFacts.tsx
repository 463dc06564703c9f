import { useMessages } from "@/messages/messages";
import { Badge } from "@/ui/Badge";
import { RelativeTime } from "@/ui/RelativeTime";

import { planOf, type Standing, standingOf, type User } from "./standing";

const TONES = { active: "ready", disabled: "idle", blocked: "warning", removed: "idle" } as const satisfies Record<Standing, string>;

export function StandingBadge({ user }: { user: User }) {
  const words = useMessages().users;
  const standing = standingOf(user);
  return <Badge tone={TONES[standing]}>{words.standing[standing]}</Badge>;
}

export function RoleName({ user }: { user: User }) {
  return useMessages().user.role[user.role];
}

export function Plan({ user }: { user: User }) {
  const words = useMessages().users;
  const plan = planOf(user);
  return <span title={words.planHelp[plan]}>{words.plan[plan]}</span>;
}

export function LastUsed({ user }: { user: User }) {
  const words = useMessages().users;
  return user.lastUsedAt === null ? words.never : <RelativeTime at={user.lastUsedAt} />;
}
