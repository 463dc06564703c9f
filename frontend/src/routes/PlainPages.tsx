import type { ReactNode } from "react";
import { Link } from "wouter";

import { useMessages } from "@/messages/messages";
import { Button, buttonClass } from "@/ui/Button";
import { FormPage } from "@/ui/FormPage";
import { Page } from "@/ui/Page";

import { useApp } from "./context";
import { useTitle } from "./use_title";

export function NotFoundPage() {
  const words = useMessages().notFound;
  useTitle(words.title);
  return (
    <Page title={words.title} intro={words.text}>
      <ToChat />
    </Page>
  );
}

/** A page that is there, but not for this key. */
export function NotAllowedPage() {
  const words = useMessages().notAllowed;
  useTitle(words.title);
  return (
    <Plain title={words.title} text={words.text}>
      <ToChat />
    </Plain>
  );
}

/** A page whose code did not come. */
export function UnloadedPage() {
  const words = useMessages().unloaded;
  useTitle(words.title);
  return (
    <Plain title={words.title} text={words.text}>
      <Button look="primary" onClick={() => window.location.reload()}>
        {words.reload}
      </Button>
    </Plain>
  );
}

function Plain({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <FormPage title={title} intro={text}>
      <div>{children}</div>
    </FormPage>
  );
}

function ToChat() {
  const { urls } = useApp();
  return (
    <Link href={urls.chat} className={buttonClass("primary")}>
      {useMessages().notFound.action}
    </Link>
  );
}
