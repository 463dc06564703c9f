import { useState } from "react";

import { type Failure, failureFromThrown } from "@/graphql/failure";
import { explain, useMessages } from "@/messages/messages";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { Notice } from "@/ui/Notice";
import { exactTime } from "@/ui/moments";
import { Time } from "@/ui/Time";

import styles from "./AccountPanel.module.css";
import type { Accounts } from "./accounts";
import { RestMenu, UntilForm } from "./RestChoice";
import type { Account } from "./standing";

/** What came of an action, and when. */
interface Outcome {
  ok: boolean;
  word: string;
  text: string;
  at: number;
}

const REMOVE = "remove-account";

type Deed = "test" | "signIn" | "checkProxy" | "rest" | "wake" | "disable" | "enable";

const done = (ok: boolean, word: string, text: string): Outcome => ({ ok, word, text, at: Date.now() });

interface AccountActionsProps {
  accounts: Accounts;
  account: Account;
  onRemoved: () => void;
}

export function AccountActions({ accounts, account, onRemoved }: AccountActionsProps) {
  const messages = useMessages();
  const words = messages.accounts;
  const { name } = account;
  const [busy, setBusy] = useState<Deed | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [asking, setAsking] = useState(false);
  const [choosing, setChoosing] = useState(false);

  async function perform(deed: Deed, act: () => Promise<Outcome>) {
    if (busy !== null) return;
    setBusy(deed);
    setFailure(null);
    setOutcome(null);
    try {
      setOutcome(await act());
    } catch (thrown) {
      setFailure(failureFromThrown(thrown));
    }
    setBusy(null);
  }

  async function test(): Promise<Outcome> {
    const { ok, message, seconds } = await accounts.test(name);
    return done(ok, `${ok ? words.testOk : words.testFailed}, ${words.seconds(seconds)}`, message);
  }

  async function checkProxy(): Promise<Outcome> {
    const { state, message, seconds } = await accounts.checkProxy(name);
    return done(state === "UP", `${words.proxy[state]}, ${words.seconds(seconds)}`, message);
  }

  function rest(until: number) {
    void perform("rest", async () => {
      await accounts.rest(name, until);
      return done(true, words.done.rest, "");
    });
  }

  const simply = (deed: "signIn" | "wake" | "disable" | "enable") => async () => {
    await accounts[deed](name);
    return done(true, words.done[deed], "");
  };

  const button = (deed: Deed, act: () => Promise<Outcome>) => (
    <Button key={deed} aria-disabled={busy !== null} onClick={() => void perform(deed, act)}>
      {busy === deed ? words.working[deed] : words.actions[deed]}
    </Button>
  );

  const disabled = account.health === "DISABLED";
  const asleep = account.health === "RESTING" || account.health === "NEEDS_ATTENTION";
  return (
    <div className={styles.actions} role="group" aria-label={words.actions.heading}>
      <div className={styles.buttons}>
        {button("test", test)}
        {account.viewerCanSignIn ? button("signIn", simply("signIn")) : null}
        {account.viewerCanCheckProxy ? button("checkProxy", checkProxy) : null}
        {asleep ? button("wake", simply("wake")) : null}
        {disabled ? null : (
          <RestMenu busy={busy === "rest"} onRest={rest} onUntil={() => setChoosing(true)} />
        )}
        {disabled ? button("enable", simply("enable")) : button("disable", simply("disable"))}
        {account.viewerCanRemove ? (
          <Button id={REMOVE} onClick={() => setAsking(true)}>
            {words.actions.remove}
          </Button>
        ) : null}
      </div>
      {choosing ? (
        <UntilForm
          onRest={(until) => {
            setChoosing(false);
            rest(until);
          }}
          onCancel={() => setChoosing(false)}
        />
      ) : null}
      <div role="status">{outcome ? <OutcomeLine outcome={outcome} /> : null}</div>
      {failure ? <Notice tone="failed" announce {...explain(messages, failure)} /> : null}
      {account.viewerCanRemove ? null : <p className={styles.soft}>{words.inSettings}</p>}
      <RemoveDialog accounts={accounts} name={name} open={asking} onClose={() => setAsking(false)} onRemoved={onRemoved} />
    </div>
  );
}

function OutcomeLine({ outcome }: { outcome: Outcome }) {
  const { language } = useMessages();
  const at = new Date(outcome.at);
  return (
    <p className={styles.outcome}>
      <Badge tone={outcome.ok ? "ready" : "failed"}>{outcome.word}</Badge>
      <Time at={at.toISOString()} shown={at.toLocaleTimeString(language)} exact={exactTime(outcome.at, language)} />
      {outcome.text === "" ? null : <span className={styles.outcomeText}>{outcome.text}</span>}
    </p>
  );
}

interface RemoveDialogProps {
  accounts: Accounts;
  name: string;
  open: boolean;
  onClose: () => void;
  onRemoved: () => void;
}

function RemoveDialog({ accounts, name, open, onClose, onRemoved }: RemoveDialogProps) {
  const messages = useMessages();
  const words = messages.accounts;
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function remove() {
    setBusy(true);
    setFailure(null);
    try {
      await accounts.remove(name);
      onClose();
      onRemoved();
    } catch (thrown) {
      setBusy(false);
      setFailure(failureFromThrown(thrown));
    }
  }

  return (
    <ConfirmDialog
      open={open}
      title={words.removeTitle}
      text={words.removeText(name)}
      yes={busy ? words.removing : words.removeYes}
      no={words.removeNo}
      busy={busy}
      onYes={() => void remove()}
      onClose={onClose}
      focusAfter={() => document.getElementById(REMOVE)}
    >
      {failure ? <Notice tone="failed" announce {...explain(messages, failure)} /> : null}
    </ConfirmDialog>
  );
}
