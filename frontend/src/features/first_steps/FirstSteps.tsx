import { Check, X } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { Link } from "wouter";

import { prefer } from "@/browser/preferences";
import { usePreferences } from "@/browser/use_preferences";
import type { Api } from "@/graphql/api";
import { failureFromThrown } from "@/graphql/failure";
import type { FirstStepsQuery as FirstStepsData } from "@/graphql/generated/graphql";
import { useMessages } from "@/messages/messages";
import type { Snippet } from "@/snippets";
import { Button, buttonClass, IconButton } from "@/ui/Button";
import { Hidden } from "@/ui/Hidden";
import { Snippets } from "@/ui/Snippets";

import styles from "./FirstSteps.module.css";
import { FirstStepsQuery } from "./first_steps_documents";

interface FirstStepsProps {
  api: Api;
  /** As it was when the page came: shown at once, so that nothing below it moves. */
  server: Server;
  urls: { addAccount: string; addClient: string };
  snippets: readonly Snippet[];
}

type Server = FirstStepsData["server"];

interface Done {
  account: boolean;
  client: boolean;
}

/**
 * What is left to do on a new server, for its admin: an account, a client's key, a first call.  Gone once it is done; that
 * a call was copied is known on this device alone, so that one which was never shown the steps is not asked for it.
 */
export function FirstSteps({ api, server, urls, snippets }: FirstStepsProps) {
  const words = useMessages().firstSteps;
  const { firstSteps, snippet } = usePreferences();
  const hidden = firstSteps === "hidden";
  const [open, setOpen] = useState(false);
  const done = useDone(api, hidden, server);
  const served = done.account && done.client;
  useEffect(() => {
    if (!hidden && !served && snippet === "untouched") prefer("snippet", "offered");
  }, [hidden, served, snippet]);
  if (hidden || (served && snippet !== "offered")) return null;
  return (
    <section className={styles.card} aria-labelledby="first-steps">
      <header className={styles.head}>
        <h3 id="first-steps" className={styles.title}>
          {words.title}
        </h3>
        <IconButton label={words.hide} onClick={() => prefer("firstSteps", "hidden")}>
          <X size={16} aria-hidden="true" />
        </IconButton>
      </header>
      <ol className={styles.steps}>
        <Step
          title={words.account}
          text={words.accountText}
          done={done.account}
          action={
            <Link href={urls.addAccount} className={buttonClass("secondary")}>
              {words.accountAction}
            </Link>
          }
        />
        <Step
          title={words.client}
          text={words.clientText}
          done={done.client}
          action={
            <Link href={urls.addClient} className={buttonClass("secondary")}>
              {words.clientAction}
            </Link>
          }
        />
        <Step
          title={words.snippet}
          text={words.snippetText}
          done={snippet === "copied"}
          action={
            <Button aria-expanded={open} onClick={() => setOpen(!open)}>
              {words.snippetAction}
            </Button>
          }
        >
          {open ? <Snippets label={words.snippet} snippets={snippets} onCopied={() => prefer("snippet", "copied")} /> : null}
        </Step>
      </ol>
    </section>
  );
}

interface StepProps {
  title: string;
  text: string;
  done: boolean;
  action: ReactNode;
  children?: ReactNode;
}

function Step({ title, text, done, action, children }: StepProps) {
  const words = useMessages().firstSteps;
  return (
    <li className={styles.step} data-done={done}>
      <span className={styles.mark} aria-hidden="true">
        {done ? <Check size={14} /> : null}
      </span>
      <div className={styles.words}>
        <p className={styles.name}>
          {title}
          {done ? <Hidden>{` ${words.done}`}</Hidden> : null}
        </p>
        <p className={styles.text}>{text}</p>
      </div>
      {action}
      {children}
    </li>
  );
}

const doneOn = (server: Server): Done => ({ account: !server.rehearsing, client: server.clientExists !== false });

/** Looked at again whenever the page is. */
function useDone(api: Api, hidden: boolean, before: Server): Done {
  const [done, setDone] = useState(() => doneOn(before));
  useEffect(() => {
    if (hidden) return;
    let wanted = true;
    const look = async () => {
      if (document.visibilityState !== "visible") return;
      try {
        const { server } = await api.query(FirstStepsQuery, {});
        if (wanted) setDone(doneOn(server));
      } catch (thrown) {
        // The chat says what is wrong with the connection; this card just stays as it is.
        failureFromThrown(thrown);
      }
    };
    const seen = () => void look();
    seen();
    document.addEventListener("visibilitychange", seen);
    return () => {
      wanted = false;
      document.removeEventListener("visibilitychange", seen);
    };
  }, [api, hidden]);
  return done;
}
