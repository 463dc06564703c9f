import { Archive, ArchiveRestore, Download, Ellipsis, Pencil, Pin, PinOff, Tag, Trash2 } from "lucide-react";
import { useRef } from "react";

import { useMessages } from "@/messages/messages";
import { IconButton } from "@/ui/Button";
import { Menu, MenuDownload, MenuInfo, MenuItem, MenuLine } from "@/ui/Menu";

import styles from "./ConversationRow.module.css";
import type { Listed } from "./list_view";
import type { RowActions } from "./use_row_actions";

const FORMATS = ["markdown", "json", "chatgpt"] as const;

interface ConversationMenuProps {
  item: Listed;
  title: string;
  actions: RowActions;
  onOpen: (open: boolean) => void;
}

export function ConversationMenu({ item, title, actions, onOpen }: ConversationMenuProps) {
  const words = useMessages().conversations;
  const renaming = useRef(false);
  const PinIcon = item.pinned ? PinOff : Pin;
  const ArchiveIcon = item.archived ? ArchiveRestore : Archive;
  return (
    <Menu
      inPlace
      side="bottom"
      align="end"
      onOpen={onOpen}
      focusAfter={() => {
        if (!renaming.current) return null;
        renaming.current = false;
        return document.getElementById(`rename-${item.id}`);
      }}
      trigger={
        <IconButton id={`menu-${item.id}`} label={words.menu(title)} className={styles.act ?? ""}>
          <Ellipsis size={16} aria-hidden="true" />
        </IconButton>
      }
    >
      {item.viewerCanChange ? (
        <>
          <MenuItem icon={<PinIcon size={16} aria-hidden="true" />} onSelect={() => actions.change(item, { pinned: !item.pinned })}>
            {item.pinned ? words.unpin : words.pin}
          </MenuItem>
          <MenuItem
            icon={<Pencil size={16} aria-hidden="true" />}
            onSelect={() => {
              renaming.current = true;
              actions.edit(item);
            }}
          >
            {words.rename}
          </MenuItem>
          <MenuItem icon={<Tag size={16} aria-hidden="true" />} onSelect={() => actions.tag(item)}>
            {words.tags}
          </MenuItem>
          <MenuItem icon={<ArchiveIcon size={16} aria-hidden="true" />} onSelect={() => actions.archive(item)}>
            {item.archived ? words.unarchive : words.archive}
          </MenuItem>
          <MenuLine />
        </>
      ) : null}
      <MenuInfo>{words.export}</MenuInfo>
      {FORMATS.map((format) => (
        <MenuDownload key={format} icon={<Download size={16} aria-hidden="true" />} href={actions.exportUrl(format, item.id)}>
          {words.formats[format]}
        </MenuDownload>
      ))}
      {item.viewerCanRemove ? (
        <>
          <MenuLine />
          <MenuItem icon={<Trash2 size={16} aria-hidden="true" />} onSelect={() => actions.remove(item)}>
            {words.remove}
          </MenuItem>
        </>
      ) : null}
    </Menu>
  );
}
