import { Redirect } from "wouter";
import { useHistoryState } from "wouter/use-browser-location";
import { useStore } from "zustand";

import { SignInForm } from "@/features/session/SignInForm";
import { useMessages } from "@/messages/messages";
import { Notice } from "@/ui/Notice";
import { Page } from "@/ui/Page";

import { useApp } from "./context";
import { useTitle } from "./use_title";

export function SignInPage() {
  const { urls, session } = useApp();
  const state = useStore(session.store);
  const words = useMessages().signIn;
  const from = useHistoryState<{ from?: string } | null>()?.from;
  useTitle(words.title);
  if (state.status === "signedIn") return <Redirect to={from ?? urls.chat} replace />;
  if (state.status !== "signedOut") return null;
  const arrival = state.failure && state.by ? { failure: state.failure, by: state.by } : null;
  return (
    <Page title={words.title} intro={words.intro}>
      {state.lapsed ? <Notice what={words.signedOut} announce /> : null}
      {/* A link that comes in later shows its own outcome. */}
      <SignInForm key={arrival?.by ?? "none"} signIn={(proof) => session.signIn(proof)} arrival={arrival} />
    </Page>
  );
}
