import { Pencil } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";

import { useMessages } from "@/messages/messages";
import { IconButton } from "@/ui/Button";
import { HiddenHeading } from "@/ui/Hidden";

import { isLive, type Turn } from "./live_reply";
import { PromptEditor } from "./PromptEditor";
import styles from "./TurnView.module.css";
import type { TurnActions } from "./use_turn_actions";
import { type Side, VersionArrows } from "./VersionArrows";

interface AskedPromptProps {
  turn: Turn;
  actions: TurnActions;
  edited: string | null;
  arrivedBy: Side | null;
}

/** A prompt of the record, which can be changed and asked again, and the way to its other versions. */
export function AskedPrompt({ turn, actions, edited, arrivedBy }: AskedPromptProps) {
  const words = useMessages().chat;
  const pencil = useRef<HTMLButtonElement>(null);
  const editing = edited !== null;
  const before = useRef(editing);
  useEffect(() => {
    // Whoever gave up goes on where they were.
    if (before.current && !editing) pencil.current?.focus();
    before.current = editing;
  }, [editing]);

  if (editing) {
    return (
      <div className={styles.promptRow}>
        <HiddenHeading>{words.youAsked}</HiddenHeading>
        <PromptEditor text={edited} onSend={(text) => actions.sendEdit(turn, text)} onCancel={actions.cancelEdit} />
      </div>
    );
  }
  const mayEdit = turn.viewerCanAskAgain && !isLive(turn);
  return (
    <Prompt text={turn.prompt}>
      {mayEdit || turn.versions.length > 1 ? (
        <div className={styles.promptFoot}>
          {mayEdit ? (
            <IconButton ref={pencil} label={words.edit} className={styles.edit ?? ""} onClick={() => actions.edit(turn)}>
              <Pencil size={16} aria-hidden="true" />
            </IconButton>
          ) : null}
          <VersionArrows turn={turn} arrivedBy={arrivedBy} onChoose={actions.choose} />
        </div>
      ) : null}
    </Prompt>
  );
}

export function Prompt({ text, children }: { text: string; children?: ReactNode }) {
  const words = useMessages().chat;
  return (
    <div className={styles.promptRow}>
      <HiddenHeading>{words.youAsked}</HiddenHeading>
      <div className={styles.prompt}>{text}</div>
      {children}
    </div>
  );
}
