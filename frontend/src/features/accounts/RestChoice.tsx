import { ChevronDown } from "lucide-react";
import { type SyntheticEvent, useState } from "react";

import { useMessages } from "@/messages/messages";
import { Buttons } from "@/ui/Actions";
import { Button } from "@/ui/Button";
import { Menu, MenuItem } from "@/ui/Menu";
import { fieldTime } from "@/ui/moments";
import { TextField } from "@/ui/TextField";

import styles from "./AccountPanel.module.css";

const REST_UNTIL = "rest-until";
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const YEAR = 365 * 24 * HOUR;

interface RestMenuProps {
  busy: boolean;
  onRest: (until: number) => void;
  onUntil: () => void;
}

/** For how long an account is to rest: two common spans, or a time of one's choice. */
export function RestMenu({ busy, onRest, onUntil }: RestMenuProps) {
  const words = useMessages().accounts;
  return (
    <Menu
      side="bottom"
      inPlace
      focusAfter={() => document.getElementById(REST_UNTIL)}
      trigger={
        <Button aria-disabled={busy}>
          {busy ? words.working.rest : words.actions.rest}
          <ChevronDown size={16} aria-hidden="true" />
        </Button>
      }
    >
      <MenuItem onSelect={() => onRest(Date.now() + 15 * MINUTE)}>{words.rests.quarter}</MenuItem>
      <MenuItem onSelect={() => onRest(Date.now() + HOUR)}>{words.rests.hour}</MenuItem>
      <MenuItem onSelect={onUntil}>{words.rests.until}</MenuItem>
    </Menu>
  );
}

export function UntilForm({ onRest, onCancel }: { onRest: (until: number) => void; onCancel: () => void }) {
  const words = useMessages().accounts;
  const [value, setValue] = useState(() => fieldTime(Date.now() + HOUR));
  const [wrong, setWrong] = useState(false);

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    const until = new Date(value).getTime();
    const ahead = until - Date.now();
    if (ahead > 0 && ahead < YEAR) onRest(until);
    else setWrong(true);
  }

  return (
    <form className={styles.until} noValidate onSubmit={submit}>
      <TextField
        id={REST_UNTIL}
        type="datetime-local"
        label={words.restUntil}
        help={words.restUntilHelp}
        error={wrong ? words.restUntilWrong : null}
        value={value}
        onChange={(next) => {
          setWrong(false);
          setValue(next);
        }}
      />
      <Buttons>
        <Button type="submit" look="primary">
          {words.actions.rest}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          {words.cancel}
        </Button>
      </Buttons>
    </form>
  );
}
