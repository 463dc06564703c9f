import { Pencil, Trash2 } from "lucide-react";
import { useState } from "react";

import { useNow } from "@/browser/now";
import { useMessages, useTold } from "@/messages/messages";
import { Badge } from "@/ui/Badge";
import { IconButton } from "@/ui/Button";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { RelativeTime } from "@/ui/RelativeTime";

import styles from "./Access.module.css";
import type { Access, Key } from "./access";
import { KeyForm } from "./KeyForm";

interface KeyRowProps {
  access: Access;
  of: Key;
  /** Whether it is the viewer's own. */
  mine: boolean;
  onSignedOut: () => void;
}

const CLOCK = 30_000;

export function KeyRow({ access, of, mine, onSignedOut }: KeyRowProps) {
  const words = useMessages().access;
  const told = useTold();
  const now = useNow(CLOCK);
  const [open, setOpen] = useState<"form" | "revoke" | null>(null);
  const { revoke } = words;
  const expired = of.expiresAt !== null && Date.parse(of.expiresAt) <= now;
  const change = `change-${of.id}`;
  const close = () => {
    setOpen(null);
    requestAnimationFrame(() => document.getElementById(change)?.focus());
  };
  return (
    <li className={styles.key}>
      <div>
        <p className={styles.name}>
          <bdi>{of.name}</bdi>
          {of.current ? <Badge tone="active">{words.current}</Badge> : null}
          {expired ? <Badge tone="idle">{words.expired}</Badge> : null}
        </p>
        <p className={styles.facts}>
          <code>{`${of.prefix}…`}</code>
          <span>
            {words.created} <RelativeTime at={of.createdAt} />
          </span>
          <span>{of.lastUsedAt === null ? words.neverUsed : <>{words.used} <RelativeTime at={of.lastUsedAt} /></>}</span>
          <span>
            {of.expiresAt === null ? words.neverExpires : <>{expired ? words.expiredAt : words.expires} <RelativeTime at={of.expiresAt} /></>}
          </span>
        </p>
      </div>
      {of.viewerCanRevoke ? (
        <div className={styles.deeds}>
          <IconButton id={change} label={words.changeKey(of.name)} onClick={() => setOpen("form")}>
            <Pencil size={16} aria-hidden="true" />
          </IconButton>
          <IconButton label={words.revokeKey(of.name)} onClick={() => setOpen("revoke")}>
            <Trash2 size={16} aria-hidden="true" />
          </IconButton>
        </div>
      ) : null}
      {open === "form" ? (
        <div className={styles.whole}>
          <KeyForm access={access} of={of} onDone={close} onCancel={close} />
        </div>
      ) : null}
      <ConfirmDialog
        open={open === "revoke"}
        title={revoke.title}
        text={of.current ? revoke.current(of.name) : mine ? revoke.mine(of.name) : revoke.text(of.name)}
        yes={revoke.yes}
        working={revoke.working}
        no={revoke.no}
        act={async () => {
          await access.revoke(of.id);
          if (of.current) onSignedOut();
        }}
        told={told}
        onClose={() => setOpen(null)}
      />
    </li>
  );
}
