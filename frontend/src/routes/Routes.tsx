import { useEffect, useRef } from "react";
import { Redirect, Route, Switch, useLocation } from "wouter";
import { useStore } from "zustand";

import { UNREACHABLE } from "@/graphql/failure";
import { explain, useMessages } from "@/messages/messages";
import { type PageEntry, type PageName, PAGES, patternOf } from "@/pages";
import { Button } from "@/ui/Button";
import { lazyDialog } from "@/ui/lazily";
import { Page } from "@/ui/Page";
import { Skeleton } from "@/ui/Skeleton";

import { useApp } from "./context";
import { Frame } from "./Frame";
import { Keyboard } from "./Keyboard";
import { PARTS } from "./page_parts";
import { NotAllowedPage, NotFoundPage } from "./PlainPages";
import { SignInPage } from "./SignInPage";
import { useTitle } from "./use_title";

const OtherKeyDialog = lazyDialog(() => import("./OtherKeyDialog"));

export function Routes() {
  const { urls, session } = useApp();
  const status = useStore(session.store, (state) => state.status);
  const messages = useMessages();
  useFocusOnArrival();
  if (status === "loading") return <Page title={messages.product}><Skeleton label={messages.unreachable.loading} lines={3} /></Page>;
  if (status === "failed") return <UnreachablePage />;
  return (
    <Switch>
      <Route path={urls.root}>
        <Redirect to={urls.chat} replace />
      </Route>
      <Route path={urls.signIn}>
        <SignInPage />
      </Route>
      {/* One route for all addresses of a page, so that going from one to another does not build it anew. */}
      {PAGES.map((page) => (
        <Route key={page.name} path={patternOf(page, urls)}>
          <SignedIn page={page} />
        </Route>
      ))}
      <Route>
        <NotFoundPage />
      </Route>
    </Switch>
  );
}

/** What led to another page may be gone with the one before: the keyboard goes on in the page, and not at the address bar. */
function useFocusOnArrival() {
  const { urls } = useApp();
  const [path] = useLocation();
  const here = PAGES.find((page) => patternOf(page, urls).test(path))?.name;
  const before = useRef(here);
  useEffect(() => {
    if (before.current === here) return;
    before.current = here;
    const frame = requestAnimationFrame(() => {
      if (document.activeElement === document.body) document.getElementById("page")?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [here]);
}

/** Pages are for whoever is signed in; others sign in first and come back to where they were going. */
function SignedIn({ page }: { page: PageEntry & { name: PageName } }) {
  const { urls, session } = useApp();
  const state = useStore(session.store);
  if (state.status !== "signedIn") {
    return <Redirect to={urls.signIn} replace state={{ from: window.location.pathname + window.location.search }} />;
  }
  const { viewer, server, other } = state;
  const { Component } = PARTS[page.name];
  // Nothing is asked for a key that may not see it.
  const shown = page.mayOpen(viewer) ? <Component /> : <NotAllowedPage />;
  return (
    <>
      {page.framed ? <Frame viewer={viewer} server={server}>{shown}</Frame> : shown}
      <Keyboard viewer={viewer} />
      {other === null ? null : <OtherKeyDialog viewer={viewer} other={other} onClose={() => session.stay()} />}
    </>
  );
}

function UnreachablePage() {
  const { session } = useApp();
  const state = useStore(session.store);
  const messages = useMessages();
  const failure = state.status === "failed" ? state.failure : null;
  const silent = failure?.code === UNREACHABLE;
  const title = silent ? messages.unreachable.title : messages.unreachable.refused;
  useTitle(title);
  if (failure === null) return null;
  const { what, todo } = explain(messages, failure);
  return (
    <Page title={title} intro={silent ? todo : `${what} ${todo}`}>
      <Button look="primary" onClick={() => void session.load()}>
        {messages.retry}
      </Button>
    </Page>
  );
}
