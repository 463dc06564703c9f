import type { RefObject } from "react";
import { useStore } from "zustand";

import { useMessages } from "@/messages/messages";
import { CheckField } from "@/ui/CheckField";
import { KeyField } from "@/ui/KeyField";

import type { Chat } from "./chat";
import styles from "./ChatPane.module.css";
import { NEW } from "./drafts";
import { NO_TOKEN } from "./own_tokens";

interface OwnTokenFieldsProps {
  chat: Chat;
  place: string;
  /** Whether something was to be sent without it. */
  missing: boolean;
  inputRef: RefObject<HTMLInputElement | null>;
}

/** The access token of an account of the user's own, which this page keeps to itself until it is closed. */
export function OwnTokenFields({ chat, place, missing, inputRef }: OwnTokenFieldsProps) {
  const words = useMessages().composer.own;
  const token = useStore(chat.tokens.store, (state) => state.tokens[place] ?? NO_TOKEN);
  return (
    <div className={styles.own}>
      <KeyField
        inputRef={inputRef}
        label={words.label}
        help={words.help}
        error={missing ? words.missing : null}
        labels={{ show: words.show, hide: words.hide }}
        value={token.accessToken}
        autoComplete="off"
        onChange={(accessToken) => chat.tokens.enter(place, { ...token, accessToken })}
      />
      {place === NEW ? (
        <CheckField
          label={words.plus}
          checked={token.plus}
          onChange={(plus) => chat.tokens.enter(place, { ...token, plus })}
        />
      ) : null}
    </div>
  );
}
