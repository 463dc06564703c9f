import { ListFilter } from "lucide-react";
import { useStore } from "zustand";

import { useMessages } from "@/messages/messages";
import { IconButton } from "@/ui/Button";
import { Menu, MenuChoice, type Option } from "@/ui/Menu";

import type { ConversationList } from "./conversation_list";
import type { View } from "./list_view";

const TAG = "tag:";

export function nameOf(view: View, words: ReturnType<typeof useMessages>["conversations"]["views"]): string {
  return view.kind === "tag" ? words.tag(view.tag) : words[view.kind];
}

/** Which conversations are listed: all, the archived or removed ones, or those with a tag. */
export function ViewMenu({ list, onRestless }: { list: ConversationList; onRestless: () => void }) {
  const words = useMessages().conversations.views;
  const { view, tags } = useStore(list.store);
  const options: Option<string>[] = [
    ...(["all", "archived", "removed"] as const).map((kind) => ({ value: kind, name: words[kind], help: "" })),
    ...tags.map(({ tag, conversations }) => ({ value: TAG + tag, name: words.tag(tag), help: words.count(conversations) })),
  ];
  return (
    <Menu
      inPlace
      side="bottom"
      align="end"
      trigger={
        <IconButton label={words.label(nameOf(view, words))} onPointerEnter={onRestless} onFocus={onRestless}>
          <ListFilter size={18} aria-hidden="true" />
        </IconButton>
      }
    >
      <MenuChoice
        value={view.kind === "tag" ? TAG + view.tag : view.kind}
        options={options}
        onChange={(value) => {
          if (value.startsWith(TAG)) list.show({ kind: "tag", tag: value.slice(TAG.length) });
          else list.show({ kind: value as "all" | "archived" | "removed" });
        }}
      />
    </Menu>
  );
}
