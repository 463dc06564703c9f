import { X } from "lucide-react";
import { useId, useState } from "react";
import { useStore } from "zustand";

import { useMessages } from "@/messages/messages";
import { Button, IconButton } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";
import { TextField } from "@/ui/TextField";

import type { ConversationList, Tagging } from "./conversation_list";
import { type Listed, sameTag } from "./list_view";
import styles from "./TagsDialog.module.css";

const LONGEST_TAG = 50;
const MOST_TAGS = 20;

interface TagsDialogProps {
  list: ConversationList;
  item: Listed;
  failure: { what: string; todo: string } | null;
  onChange: (item: Listed, tagging: Tagging) => Promise<boolean>;
  onClose: () => void;
}

export default function TagsDialog({ list, item: opened, failure, onChange, onClose }: TagsDialogProps) {
  const words = useMessages().conversations;
  const own = words.tagging;
  // As it is now, also where it has left the list meanwhile.
  const listed = useStore(list.store, ({ items }) => items.find(({ id }) => id === opened.id));
  const known = useStore(list.store, ({ tags }) => tags);
  /** What the server has not answered yet, or null. */
  const [pending, setPending] = useState<string[] | null>(null);
  const [left, setLeft] = useState(opened.tags);
  const [text, setText] = useState("");
  const suggestions = useId();
  const item = listed ?? { ...opened, tags: left };
  const tags = pending ?? item.tags;
  const title = item.title || words.untitled;

  async function set(next: string[], tagging: Tagging) {
    setPending(next);
    if (await onChange(item, tagging)) setLeft(next);
    setPending(null);
  }

  return (
    <Dialog title={own.title(title)} close={own.close} onClose={onClose}>
      {tags.length === 0 ? <p className={styles.none}>{own.none}</p> : (
        <ul className={styles.tags}>
          {tags.map((tag) => (
            <li key={tag} className={styles.tag}>
              <span dir="auto">{tag}</span>
              <IconButton
                label={own.takeOff(tag)}
                className={styles.off ?? ""}
                onClick={() => {
                  document.getElementById("new-tag")?.focus();
                  void set(tags.filter((each) => each !== tag), { removeTags: [tag] });
                }}
              >
                <X size={14} aria-hidden="true" />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      {failure ? <Notice tone="failed" announce {...failure} /> : null}
      <form
        className={styles.add}
        onSubmit={(event) => {
          event.preventDefault();
          const tag = text.trim();
          if (tag === "" || tags.length >= MOST_TAGS) return;
          setText("");
          if (!tags.some((each) => sameTag(each, tag))) void set([...tags, tag], { addTags: [tag] });
        }}
      >
        <TextField
          id="new-tag"
          label={own.field}
          help={tags.length >= MOST_TAGS ? own.full : own.help}
          value={text}
          onChange={setText}
          maxLength={LONGEST_TAG}
          list={suggestions}
          autoComplete="off"
          dir="auto"
        />
        <datalist id={suggestions}>
          {known.filter(({ tag }) => !tags.some((each) => sameTag(each, tag))).map(({ tag, conversations }) => (
            <option key={tag} value={tag} label={words.views.count(conversations)} />
          ))}
        </datalist>
        <Button type="submit" disabled={text.trim() === "" || tags.length >= MOST_TAGS}>
          {own.add}
        </Button>
      </form>
    </Dialog>
  );
}
