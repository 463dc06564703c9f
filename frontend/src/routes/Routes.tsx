import { lazy, Suspense } from "react";
import { Redirect, Route, Switch } from "wouter";
import { useStore } from "zustand";

import { explain, useMessages } from "@/messages/messages";
import { Button } from "@/ui/Button";
import { Page } from "@/ui/Page";
import { Skeleton } from "@/ui/Skeleton";

import { ChatPage } from "./ChatPage";
import { useApp } from "./context";
import { LaterPage, NotFoundPage, UnloadedPage } from "./PlainPages";
import { SignInPage } from "./SignInPage";
import { useTitle } from "./use_title";

// What few people open is not part of the first load.
const AccountsPage = lazy(() => import("./AccountsPage").catch(() => ({ default: UnloadedPage })));

export function Routes() {
  const { urls, session } = useApp();
  const state = useStore(session.store);
  const messages = useMessages();
  if (state.status === "loading") return <Page title={messages.product}><Skeleton label={messages.unreachable.loading} lines={3} /></Page>;
  if (state.status === "failed") return <UnreachablePage />;
  return (
    <Switch>
      <Route path={urls.root}>
        <Redirect to={urls.chat} replace />
      </Route>
      <Route path={urls.signIn}>
        <SignInPage />
      </Route>
      {/* One route for both, so that beginning a conversation does not build the page anew. */}
      <Route path={new RegExp(`^(?:${[urls.chat, urls.recall].map(literally).join("|")})(?:/(?<id>[^/]+))?/?$`)}>
        {({ id }) => <SignedIn>{() => <ChatPage conversationId={id ?? null} />}</SignedIn>}
      </Route>
      <Route path={urls.accessToken}>
        <SignedIn>{() => <LaterPage page="accessToken" />}</SignedIn>
      </Route>
      <Route path={urls.addUser}>
        <SignedIn>{() => <LaterPage page="addUser" />}</SignedIn>
      </Route>
      <Route path={new RegExp(`^${literally(urls.accounts)}(?:/.*)?$`)}>
        <SignedIn>
          {() => (
            <Suspense fallback={<Page title={messages.accounts.title}><Skeleton label={messages.accounts.loading} lines={3} /></Page>}>
              <AccountsPage />
            </Suspense>
          )}
        </SignedIn>
      </Route>
      <Route>
        <NotFoundPage />
      </Route>
    </Switch>
  );
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/** Pages for whoever is signed in; others sign in first and come back to where they were going. */
function SignedIn({ children }: { children: () => React.ReactNode }) {
  const { urls, session } = useApp();
  const signedIn = useStore(session.store, (state) => state.status === "signedIn");
  if (signedIn) return children();
  return <Redirect to={urls.signIn} replace state={{ from: window.location.pathname }} />;
}

function UnreachablePage() {
  const { session } = useApp();
  const state = useStore(session.store);
  const messages = useMessages();
  useTitle(messages.unreachable.title);
  if (state.status !== "failed") return null;
  const { what, todo } = explain(messages, state.failure);
  return (
    <Page title={messages.unreachable.title} intro={`${what} ${todo}`}>
      <Button look="primary" onClick={() => void session.load()}>
        {messages.retry}
      </Button>
    </Page>
  );
}
