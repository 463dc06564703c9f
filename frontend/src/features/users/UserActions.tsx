import { useState } from "react";

import { failureFromThrown, NOT_FOUND } from "@/graphql/failure";
import type { Role } from "@/graphql/generated/graphql";
import { useMessages, useTold } from "@/messages/messages";
import { Actions, Buttons } from "@/ui/Actions";
import { Button } from "@/ui/Button";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { useDeed } from "@/ui/use_deed";

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
function useUserTold(): ReturnType<typeof useTold> {
  const { missingTitle, missingText } = useMessages().users;
  const told = useTold();
  return (thrown) => (failureFromThrown(thrown).code === NOT_FOUND ? { what: missingTitle, todo: missingText } : told(thrown));
}

export function UserActions({ users, user, viewer, onChanged, onRemoved }: UserActionsProps) {
  const words = useMessages().users;
  const told = useUserTold();
  const { busy, refusal, perform } = useDeed<"plus" | "disabled">(told);
  const [done, setDone] = useState("");
  const [open, setOpen] = useState<"edit" | "remove" | null>(null);
  if (!user.viewerCanChange) return null;
  const self = user.id === viewer.id;
  const disabled = user.disabledAt !== null;

  const change = (deed: "plus" | "disabled", act: () => Promise<void>, outcome: string) =>
    perform(deed, async () => {
      setDone("");
      await act();
      setDone(outcome);
      onChanged();
    });

  function closeEdit() {
    setOpen(null);
    requestAnimationFrame(() => document.getElementById(EDIT)?.focus());
  }

  const { actions, done: outcomes, removal } = words;
  return (
    <Actions label={actions.heading} refusal={refusal}>
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
        <Buttons>
          <Button id={EDIT} onClick={() => setOpen("edit")}>
            {actions.edit}
          </Button>
          {user.plus || viewer.plus ? (
            <Button
              aria-disabled={busy !== null}
              onClick={() => void change("plus", () => users.setPlus(user, !user.plus), user.plus ? outcomes.noPlus : outcomes.plus)}
            >
              {user.plus ? actions.noPlus : actions.plus}
            </Button>
          ) : null}
          {/* Whoever disables itself could not take it back. */}
          {self ? null : (
            <Button
              aria-disabled={busy !== null}
              onClick={() =>
                void change("disabled", () => users.change(user.id, { disabled: !disabled }), disabled ? outcomes.enable : outcomes.disable)
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
        </Buttons>
      )}
      <p role="status" className={styles.soft}>
        {done}
      </p>
      <ConfirmDialog
        open={open === "remove"}
        title={removal.title}
        text={user.role === "CLIENT" ? removal.client(user.name) : removal.text(user.name)}
        yes={removal.yes}
        working={removal.working}
        no={removal.no}
        act={async () => {
          await users.remove(user.id);
          setOpen(null);
          onRemoved();
        }}
        told={told}
        onClose={() => setOpen(null)}
        focusAfter={() => document.getElementById(REMOVE)}
      />
    </Actions>
  );
}
