import { useEffect, useEffectEvent, useState } from "react";
import { Link } from "wouter";

import { explain, useMessages, useTold } from "@/messages/messages";
import { Actions, Buttons } from "@/ui/Actions";
import { Badge } from "@/ui/Badge";
import { Button, buttonClass } from "@/ui/Button";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { exactTime } from "@/ui/moments";
import { Time } from "@/ui/Time";
import { useDeed } from "@/ui/use_deed";

import styles from "./AccountPanel.module.css";
import type { Accounts } from "./accounts";
import { RestMenu, UntilForm } from "./RestChoice";
import { type Account, isDefined } from "./standing";

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
  /** Where its form is. */
  changeUrl: string;
  /** Whether it was added or changed just now: it is tested without being asked. */
  isNew: boolean;
  onTested: () => void;
  onRemoved: () => void;
}

export function AccountActions({ accounts, account, changeUrl, isNew, onTested, onRemoved }: AccountActionsProps) {
  const messages = useMessages();
  const words = messages.accounts;
  const { name } = account;
  const told = useTold();
  const { busy, refusal, perform } = useDeed<Deed>(told);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [asking, setAsking] = useState(false);
  const [choosing, setChoosing] = useState(false);

  const tell = (deed: Deed, act: () => Promise<Outcome>) =>
    perform(deed, async () => {
      setOutcome(null);
      setOutcome(await act());
    });

  async function test(): Promise<Outcome> {
    const { ok, code, message, models, seconds } = await accounts.test(name);
    const { what, todo } = explain(messages, { code: code ?? "", sentence: message });
    return done(ok, `${ok ? words.testOk : words.testFailed}, ${words.seconds(seconds)}`, ok ? words.models(models.length) : `${what} ${todo}`.trim());
  }

  const testNew = useEffectEvent(() => {
    onTested();
    void tell("test", test);
  });
  useEffect(() => {
    if (isNew) testNew();
  }, [isNew]);

  async function checkProxy(): Promise<Outcome> {
    const { state, seconds } = await accounts.checkProxy(name);
    return done(state === "UP", `${words.proxy[state]}, ${words.seconds(seconds)}`, words.proxyTodo[state]);
  }

  function rest(until: number) {
    void tell("rest", async () => {
      await accounts.rest(name, until);
      return done(true, words.done.rest, "");
    });
  }

  const simply = (deed: "signIn" | "wake" | "disable" | "enable") => async () => {
    await accounts[deed](name);
    return done(true, words.done[deed], "");
  };

  const button = (deed: Deed, act: () => Promise<Outcome>) => (
    <Button key={deed} aria-disabled={busy !== null} onClick={() => void tell(deed, act)}>
      {busy === deed ? words.working[deed] : words.actions[deed]}
    </Button>
  );

  const disabled = account.health === "DISABLED";
  const asleep = account.health === "RESTING" || account.health === "NEEDS_ATTENTION";
  return (
    <Actions label={words.actions.heading} refusal={refusal}>
      <Buttons>
        {button("test", test)}
        {account.viewerCanSignIn ? button("signIn", simply("signIn")) : null}
        {account.viewerCanCheckProxy ? button("checkProxy", checkProxy) : null}
        {asleep ? button("wake", simply("wake")) : null}
        {disabled ? null : (
          <RestMenu busy={busy === "rest"} onRest={rest} onUntil={() => setChoosing(true)} />
        )}
        {disabled ? button("enable", simply("enable")) : button("disable", simply("disable"))}
        {isDefined(account) ? (
          <Link href={changeUrl} className={buttonClass("secondary")}>
            {words.actions.change}
          </Link>
        ) : null}
        {account.viewerCanRemove ? (
          <Button id={REMOVE} onClick={() => setAsking(true)}>
            {words.actions.remove}
          </Button>
        ) : null}
      </Buttons>
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
      {account.viewerCanRemove ? null : <p className={styles.soft}>{words.inSettings}</p>}
      <ConfirmDialog
        open={asking}
        title={words.removeTitle}
        text={words.removeText(name)}
        yes={words.removeYes}
        working={words.removing}
        no={words.removeNo}
        act={async () => {
          await accounts.remove(name);
          setAsking(false);
          onRemoved();
        }}
        told={told}
        onClose={() => setAsking(false)}
        focusAfter={() => document.getElementById(REMOVE)}
      />
    </Actions>
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
