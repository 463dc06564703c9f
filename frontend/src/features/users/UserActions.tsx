import { useState } from "react";

import { type Failure, failureFromThrown, NOT_FOUND } from "@/graphql/failure";
import type { Role } from "@/graphql/generated/graphql";
import { explain, type Messages, useMessages } from "@/messages/messages";
import { Button } from "@/ui/Button";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { Notice } from "@/ui/Notice";

import { EditUser } from "./EditUser";
import type { User } from "./standing";
import styles from "./UserPanel.module.css";
import type { Users } from "./users";

/** As far as it decides what may be done. */
export interface Viewer {
  id: string;
  role: Role;
  plus: boolean;
}

interface UserActionsProps {
  users: Users;
  user: User;
  viewer: Viewer;
  onChanged: () => void;
  onRemoved: () => void;
}

const EDIT = "edit-user";
const REMOVE = "remove-user";

/** A user is not a conversation, of which the catalogue's sentence speaks. */
export function told(messages: Messages, failure: Failure): { what: string; todo: string } {
  const { missingTitle, missingText } = messages.users;
  return failure.code === NOT_FOUND ? { what: missingTitle, todo: missingText } : explain(messages, failure);
}

export function UserActions({ users, user, viewer, onChanged, onRemoved }: UserActionsProps) {
  const messages = useMessages();
  const words = messages.users;
  const [busy, setBusy] = useState<"plus" | "disabled" | null>(null);
  const [done, setDone] = useState("");
  const [failure, setFailure] = useState<Failure | null>(null);
  const [open, setOpen] = useState<"edit" | "remove" | null>(null);
  if (!user.viewerCanChange) return null;
  const self = user.id === viewer.id;
  const disabled = user.disabledAt !== null;

  async function perform(deed: "plus" | "disabled", act: () => Promise<void>, outcome: string) {
    if (busy !== null) return;
    setBusy(deed);
    setFailure(null);
    setDone("");
    try {
      await act();
      setDone(outcome);
      onChanged();
    } catch (thrown) {
      setFailure(failureFromThrown(thrown));
    }
    setBusy(null);
  }

  function closeEdit() {
    setOpen(null);
    requestAnimationFrame(() => document.getElementById(EDIT)?.focus());
  }

  const { actions, done: outcomes } = words;
  return (
    <div className={styles.actions} role="group" aria-label={actions.heading}>
      {open === "edit" ? (
        <EditUser
          users={users}
          user={user}
          mayChangeRole={viewer.role === "ADMIN" && !self}
          onDone={() => {
            closeEdit();
            onChanged();
          }}
          onCancel={closeEdit}
        />
      ) : (
        <div className={styles.buttons}>
          <Button id={EDIT} onClick={() => setOpen("edit")}>
            {actions.edit}
          </Button>
          {user.plus || viewer.plus ? (
            <Button
              aria-disabled={busy !== null}
              onClick={() => void perform("plus", () => users.setPlus(user, !user.plus), user.plus ? outcomes.noPlus : outcomes.plus)}
            >
              {user.plus ? actions.noPlus : actions.plus}
            </Button>
          ) : null}
          {/* Whoever disables itself could not take it back. */}
          {self ? null : (
            <Button
              aria-disabled={busy !== null}
              onClick={() =>
                void perform("disabled", () => users.change(user.id, { disabled: !disabled }), disabled ? outcomes.enable : outcomes.disable)
              }
            >
              {disabled ? actions.enable : actions.disable}
            </Button>
          )}
          {user.viewerCanRemove && !self ? (
            <Button id={REMOVE} onClick={() => setOpen("remove")}>
              {actions.remove}
            </Button>
          ) : null}
        </div>
      )}
      <p role="status" className={styles.soft}>
        {done}
      </p>
      {failure ? <Notice tone="failed" announce {...told(messages, failure)} /> : null}
      <RemoveDialog users={users} user={user} open={open === "remove"} onClose={() => setOpen(null)} onRemoved={onRemoved} />
    </div>
  );
}

interface RemoveDialogProps {
  users: Users;
  user: User;
  open: boolean;
  onClose: () => void;
  onRemoved: () => void;
}

function RemoveDialog({ users, user, open, onClose, onRemoved }: RemoveDialogProps) {
  const messages = useMessages();
  const words = messages.users.removal;
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function remove() {
    setBusy(true);
    setFailure(null);
    try {
      await users.remove(user.id);
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
      title={words.title}
      text={user.role === "CLIENT" ? words.client(user.name) : words.text(user.name)}
      yes={busy ? words.working : words.yes}
      no={words.no}
      busy={busy}
      onYes={() => void remove()}
      onClose={onClose}
      focusAfter={() => document.getElementById(REMOVE)}
    >
      {failure ? <Notice tone="failed" announce {...told(messages, failure)} /> : null}
    </ConfirmDialog>
  );
}
