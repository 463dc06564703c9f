import { type ReactNode, useId } from "react";
import { Link } from "wouter";

import { useMessages } from "@/messages/messages";
import { Buttons } from "@/ui/Actions";
import { Button } from "@/ui/Button";
import { CopyableId } from "@/ui/CopyableId";
import { Fact, Facts } from "@/ui/Facts";
import { RelativeTime } from "@/ui/RelativeTime";
import { SidePanel } from "@/ui/SidePanel";

import type { User } from "./standing";
import { UserActions, type Viewer } from "./UserActions";
import { LastUsed, Plan, RoleName, StandingBadge } from "./UserFacts";
import styles from "./UserPanel.module.css";
import type { Users } from "./users";

interface UserPanelProps {
  users: Users;
  user: User;
  viewer: Viewer;
  closeUrl: string;
  userUrl: (id: string) => string;
  onChanged: () => void;
  /** Show the users that it made. */
  onItsUsers: () => void;
  onRemoved: () => void;
  /** What it used and its keys. */
  use: ReactNode;
  keys: ReactNode;
}

export function UserPanel({ users, user, viewer, closeUrl, userUrl, onChanged, onItsUsers, onRemoved, use, keys }: UserPanelProps) {
  const words = useMessages().users;
  const { columns } = words;
  const { owner } = user;
  return (
    <SidePanel
      title={user.name}
      closeUrl={closeUrl}
      standing={
        <>
          <StandingBadge user={user} />
          {user.disabledAt === null ? null : (
            <span>
              {words.since} <RelativeTime at={user.disabledAt} />
            </span>
          )}
        </>
      }
    >
      {user.removedAt === null ? (
        <UserActions key={user.id} users={users} user={user} viewer={viewer} onChanged={onChanged} onRemoved={onRemoved} />
      ) : null}
      <Facts>
        <Fact term={columns.role}>
          <RoleName user={user} />
        </Fact>
        <Fact term={columns.plan}>
          <Plan user={user} />
        </Fact>
        {user.externalId === null ? null : (
          <Fact term={columns.externalId}>
            <bdi className={styles.breaking}>{user.externalId}</bdi>
          </Fact>
        )}
        {owner === null ? null : (
          <Fact term={columns.owner}>
            <Link href={userUrl(owner.id)}>
              <bdi>{owner.name}</bdi>
            </Link>
          </Fact>
        )}
        <Fact term={columns.created}>
          <RelativeTime at={user.createdAt} />
        </Fact>
        <Fact term={columns.lastUsed}>
          <LastUsed user={user} />
        </Fact>
        <Fact term={columns.id}>
          <CopyableId id={user.id} />
        </Fact>
      </Facts>
      {user.role === "USER" || user.removedAt !== null ? null : (
        <Buttons>
          <Button onClick={onItsUsers}>{words.itsUsers}</Button>
        </Buttons>
      )}
      <Part title={words.use}>{use}</Part>
      <Part title={words.keys}>{keys}</Part>
    </SidePanel>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={styles.part} aria-labelledby={id}>
      <h3 id={id} className={styles.partTitle}>
        {title}
      </h3>
      {children}
    </section>
  );
}

/** What stands beside the list where the address names nobody that the viewer may see. */
export function MissingUser({ closeUrl }: { closeUrl: string }) {
  const words = useMessages().users;
  return (
    <SidePanel title={words.missingTitle} closeUrl={closeUrl}>
      <p className={styles.soft}>{words.missingText}</p>
    </SidePanel>
  );
}
