import { useEffect, useMemo, useRef, useState } from "react";

import type { Failure } from "@/graphql/failure";
import { explain, useMessages } from "@/messages/messages";
import { TOAST_ACTION } from "@/ui/Toast";

import type { Change, ConversationList, Tagging } from "./conversation_list";
import type { Listed } from "./list_view";

export type ExportFormat = "markdown" | "json" | "chatgpt";

/** What can be done with a conversation of the list.  The same object as long as the list is shown. */
export interface RowActions {
  chosen: () => void;
  change: (item: Listed, change: Change) => void;
  edit: (item: Listed) => void;
  renamed: (item: Listed, title: string | null, byKey: boolean) => void;
  tag: (item: Listed) => void;
  archive: (item: Listed) => void;
  remove: (item: Listed) => void;
  restore: (item: Listed) => void;
  exportUrl: (format: ExportFormat, id: string) => string;
}

interface Around {
  exportUrl: RowActions["exportUrl"];
  onChosen: () => void;
  onRenamed: (id: string, title: string) => void;
  onRemoved: (id: string) => void;
  onRestored: (id: string) => void;
}

const focus = (id: string) => requestAnimationFrame(() => document.getElementById(id)?.focus());
export const HEADING = "conversations";
export const focusHeading = () => focus(HEADING);

export function useRowActions(list: ConversationList, around: Around) {
  const messages = useMessages();
  const words = messages.conversations;
  const [editing, setEditing] = useState<string | null>(null);
  const [tagging, setTagging] = useState<Listed | null>(null);
  const [failure, setFailure] = useState<{ what: string; todo: string } | null>(null);

  function failed(reason: Failure, lost: string) {
    const { what, todo } = explain(messages, reason);
    setFailure({ what: `${lost} ${what}`, todo });
    list.say(null);
  }

  /** What can be undone; where that fails it is said here too, for the list may be out of view by then. */
  function done(text: string, undo: () => Promise<Failure | null>) {
    const onAction = () => {
      list.say(null);
      focusHeading();
      void undo().then((reason) => {
        if (reason !== null) list.say({ text: `${words.notChanged} ${explain(messages, reason).what}`, action: words.undo, onAction });
      });
    };
    list.say({ text, action: words.undo, onAction });
  }

  async function change(item: Listed, changes: Change): Promise<boolean> {
    setFailure(null);
    const reason = await list.change(item, changes);
    if (reason !== null) failed(reason, words.notChanged);
    return reason === null;
  }

  async function retag(item: Listed, tagging: Tagging): Promise<boolean> {
    setFailure(null);
    const reason = await list.tag(item, tagging);
    if (reason !== null) failed(reason, words.notChanged);
    return reason === null;
  }

  const titleOf = (item: Listed) => item.title || words.untitled;

  const acts: RowActions = {
    chosen: around.onChosen,
    exportUrl: around.exportUrl,
    change: (item, changes) => {
      void change(item, changes).then(() => {
        // A row that was pinned stands elsewhere, and took the focus with it.
        if (document.activeElement === document.body) focus(`menu-${item.id}`);
      });
    },
    edit: (item) => setEditing(item.id),
    renamed: (item, title, byKey) => {
      setEditing(null);
      if (byKey) focus(`conversation-${item.id}`);
      if (title === null) return;
      around.onRenamed(item.id, title);
      void change(item, { title }).then((kept) => (kept ? undefined : around.onRenamed(item.id, item.title)));
    },
    tag: (item) => {
      void list.loadTags();
      setTagging(item);
    },
    archive: (item) => {
      const archived = !item.archived;
      void change(item, { archived });
      if (archived) done(words.archived(titleOf(item)), () => list.change({ ...item, archived }, { archived: item.archived }));
    },
    remove: (item) => {
      setFailure(null);
      const removing = list.remove(item).then((reason) => {
        if (reason === null) return true;
        failed(reason, words.notRemoved);
        return false;
      });
      void removing.then((gone) => {
        if (!gone) return;
        around.onRemoved(item.id);
        // The page that is shown instead takes the focus, and the way back is here.
        focus(TOAST_ACTION);
      });
      // It can be brought back only once it is gone.
      done(words.removed(titleOf(item)), async () => ((await removing) ? restore(item) : null));
    },
    restore: (item) => {
      focusHeading();
      void restore(item).then((reason) => (reason === null ? undefined : failed(reason, words.notChanged)));
    },
  };

  async function restore(item: Listed): Promise<Failure | null> {
    setFailure(null);
    const reason = await list.restore(item.id);
    if (reason !== null) return reason;
    around.onRestored(item.id);
    focus(`conversation-${item.id}`);
    return null;
  }

  const latest = useRef(acts);
  useEffect(() => {
    latest.current = acts;
  });
  const actions = useMemo<RowActions>(
    () => ({
      chosen: () => latest.current.chosen(),
      change: (...given) => latest.current.change(...given),
      edit: (item) => latest.current.edit(item),
      renamed: (...given) => latest.current.renamed(...given),
      tag: (item) => latest.current.tag(item),
      archive: (item) => latest.current.archive(item),
      remove: (item) => latest.current.remove(item),
      restore: (item) => latest.current.restore(item),
      exportUrl: (...given) => latest.current.exportUrl(...given),
    }),
    [],
  );

  return { actions, editing, tagging, setTagging, retag, failure };
}
