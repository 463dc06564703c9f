import { Plus } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { Link, useLocation } from "wouter";
import { useStore } from "zustand";

import { Access } from "@/features/access/access";
import { KeysSection } from "@/features/access/KeysSection";
import { UseSection } from "@/features/access/UseSection";
import type { Viewer } from "@/features/session/session";
import { NO_FILTER, type User } from "@/features/users/standing";
import { MissingUser, UserPanel } from "@/features/users/UserPanel";
import { Users } from "@/features/users/users";
import { UsersList } from "@/features/users/UsersList";
import { explain, useMessages } from "@/messages/messages";
import { snippetsFor } from "@/snippets";
import { buttonClass } from "@/ui/Button";
import { ListPage } from "@/ui/ListPage";
import { SidePanel } from "@/ui/SidePanel";
import { Skeleton } from "@/ui/Skeleton";
import { FailedState } from "@/ui/States";

import { useApp } from "./context";
import { UseChartOf } from "./UseOverTime";
import { useSignedOutEverywhere } from "./use_signed_out";
import { useTitle } from "./use_title";

export default function UsersPage() {
  const { urls, api, session } = useApp();
  const words = useMessages().users;
  const [path] = useLocation();
  const [users] = useState(() => new Users(api));
  const state = useStore(session.store);
  // The router's own path is only half decoded.
  const id = path === urls.users ? null : urls.userOf(window.location.pathname);
  const detail = useStore(users.detail);
  useTitle(id !== null && detail.status === "ready" && detail.user.id === id ? detail.user.name : words.title);
  useEffect(() => {
    void users.load();
    void users.count();
  }, [users]);
  useEffect(() => {
    if (id !== null) void users.open(id);
  }, [users, id]);
  if (state.status !== "signedIn") return null;
  const panel = id === null ? null : <Panel key={id} users={users} id={id} viewer={state.viewer} />;
  return (
    <ListPage
      title={words.title}
      action={
        <Link href={urls.addUser} className={buttonClass("secondary")}>
          <Plus size={16} aria-hidden="true" />
          {words.add}
        </Link>
      }
      panel={panel}
      closeUrl={urls.users}
      current={id}
    >
      <UsersList users={users} {...(panel === null ? {} : { current: id })} userUrl={urls.user} addUrl={urls.addUser} />
    </ListPage>
  );
}

function Panel({ users, id, viewer }: { users: Users; id: string; viewer: Viewer }) {
  const { urls } = useApp();
  const messages = useMessages();
  const words = messages.users;
  const detail = useStore(users.detail);
  if (detail.status === "missing") return <MissingUser closeUrl={urls.users} />;
  if (detail.status === "failed") {
    return (
      <SidePanel title={words.failedOne} closeUrl={urls.users}>
        <FailedState title={words.failedOne} {...explain(messages, detail.failure)} onRetry={() => void users.open(id)} />
      </SidePanel>
    );
  }
  if (detail.status !== "ready" || detail.user.id !== id) return <Skeleton label={words.loadingOne} lines={8} />;
  return <Details users={users} user={detail.user} viewer={viewer} />;
}

function Details({ users, user, viewer }: { users: Users; user: User; viewer: Viewer }) {
  const { urls, api, session } = useApp();
  const [, navigate] = useLocation();
  const access = useMemo(() => new Access(api, user.id), [api, user.id]);
  const signedOut = useSignedOutEverywhere();
  useEffect(() => void access.load(), [access]);
  const self = user.id === viewer.id;
  return (
    <UserPanel
      users={users}
      user={user}
      viewer={viewer}
      closeUrl={urls.users}
      userUrl={urls.user}
      onChanged={() => {
        // The frame around the page names the viewer.
        if (self) void session.load();
      }}
      onItsUsers={() => {
        users.look({ ...NO_FILTER, owner: user });
        navigate(urls.users);
      }}
      onRemoved={() => navigate(urls.users, { replace: true })}
      use={
        <>
          <UseSection access={access} />
          <UseChartOf only={{ user: user.id }} />
        </>
      }
      keys={
        <KeysSection
          access={access}
          owner={self ? null : user.name}
          mayAdd={(self || user.viewerCanChange) && user.removedAt === null}
          callsWith={(key) => snippetsFor(window.location.origin, urls.calls, key)}
          onSignedOut={signedOut}
        />
      }
    />
  );
}
