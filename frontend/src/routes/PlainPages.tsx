import { Link } from "wouter";

import { useMessages } from "@/messages/messages";
import { Button, buttonClass } from "@/ui/Button";
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

/** A page whose code did not come. */
export function UnloadedPage() {
  const words = useMessages().accounts;
  useTitle(words.pageFailed);
  return (
    <Page title={words.pageFailed} intro={words.pageFailedText}>
      <Button look="primary" onClick={() => window.location.reload()}>
        {words.reload}
      </Button>
    </Page>
  );
}

/** A page of the old server that is not built yet. */
export function LaterPage({ page }: { page: "accessToken" | "addUser" }) {
  const messages = useMessages();
  const words = messages.later;
  useTitle(words.title);
  return (
    <Page title={words.title} intro={words[page]}>
      {page === "addUser" ? <code>{messages.signIn.noKeyCommand}</code> : null}
      <ToChat />
    </Page>
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
