import { useState } from "react";
import { Link, useSearch } from "wouter";
import { useStore } from "zustand";

import { prefer } from "@/browser/preferences";
import { AddUser, type Issued } from "@/features/users/AddUser";
import { Users } from "@/features/users/users";
import { useMessages } from "@/messages/messages";
import { snippetsFor } from "@/snippets";
import { Buttons } from "@/ui/Actions";
import { Button, buttonClass } from "@/ui/Button";
import { FormPage, Section } from "@/ui/FormPage";
import { ShownOnce } from "@/ui/ShownOnce";
import { Snippets } from "@/ui/Snippets";

import { useApp } from "./context";
import { useTitle } from "./use_title";

/** A new user and its first key; then the key, this once, with calls that use it. */
export default function AddUserPage() {
  const { urls, api, session } = useApp();
  const words = useMessages().users;
  const [users] = useState(() => new Users(api));
  const [issued, setIssued] = useState<Issued | null>(null);
  const state = useStore(session.store);
  const forClient = new URLSearchParams(useSearch()).get("role") === "client";
  useTitle(words.form.title);
  if (state.status !== "signedIn") return null;
  const { viewer } = state;
  if (issued === null) {
    return (
      <FormPage title={words.form.title} intro={words.form.intro}>
        <AddUser
          users={users}
          role={forClient && viewer.viewerCanIssueClientKeys ? "CLIENT" : "USER"}
          mayChooseRole={viewer.viewerCanIssueClientKeys}
          mayAllowPlus={viewer.plus}
          onIssued={setIssued}
        />
      </FormPage>
    );
  }
  const { key, user } = issued;
  return (
    <FormPage title={words.issued.title(user.name)} intro={words.issued.intro}>
      <ShownOnce label={words.issued.key} secret={key} note={words.issued.once} />
      <Section title={words.issued.snippets} help={words.issued.snippetsHelp}>
        <Snippets label={words.issued.snippets} snippets={snippetsFor(window.location.origin, urls.calls, key)} onCopied={() => prefer("snippet", "copied")} />
      </Section>
      <Buttons>
        <Link href={urls.user(user.id)} className={buttonClass("secondary")}>
          {words.issued.show}
        </Link>
        <Button look="quiet" onClick={() => setIssued(null)}>
          {words.issued.another}
        </Button>
      </Buttons>
    </FormPage>
  );
}
