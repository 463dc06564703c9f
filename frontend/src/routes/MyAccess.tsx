import { useEffect, useMemo } from "react";

import { Access } from "@/features/access/access";
import { AccessTokenForm } from "@/features/access/AccessTokenForm";
import { KeysSection } from "@/features/access/KeysSection";
import { SessionsSection } from "@/features/access/SessionsSection";
import { UseSection } from "@/features/access/UseSection";
import { useMessages } from "@/messages/messages";
import { snippetsFor } from "@/snippets";
import { Section } from "@/ui/FormPage";

import { useApp } from "./context";
import { UseChartOf } from "./UseOverTime";
import { useSignedOutEverywhere } from "./use_signed_out";

/** The viewer's own keys, use, browsers, and the way to an access token. */
export function MyAccess({ viewerId }: { viewerId: string }) {
  const { api, urls } = useApp();
  const { access: words } = useMessages();
  const access = useMemo(() => new Access(api, viewerId), [api, viewerId]);
  const signedOut = useSignedOutEverywhere();
  useEffect(() => void access.load(), [access]);
  return (
    <>
      <Section title={words.title} help={words.help}>
        <KeysSection access={access} owner={null} mayAdd callsWith={(key) => snippetsFor(window.location.origin, urls.calls, key)} onSignedOut={signedOut} />
      </Section>
      <Section title={words.use.title}>
        <UseSection access={access} />
        <UseChartOf only={{ user: viewerId }} />
      </Section>
      <Section title={words.sessions.heading}>
        <SessionsSection api={api} onSignedOut={signedOut} />
      </Section>
      <Section title={words.token.title} help={words.token.help}>
        <AccessTokenForm api={api} />
      </Section>
    </>
  );
}
