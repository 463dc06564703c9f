import { Braces, FileText, LetterText } from "lucide-react";

import { useMessages } from "@/messages/messages";
import { IconButton } from "@/ui/Button";
import { Menu, MenuChoice } from "@/ui/Menu";

import { chooseReplyView, REPLY_VIEWS, useReplyView } from "./reply_view";

const ICONS = { rich: LetterText, plain: FileText, json: Braces };

export function ReplyViewMenu() {
  const words = useMessages().chat.view;
  const view = useReplyView();
  const Icon = ICONS[view];
  return (
    <Menu
      side="bottom"
      align="end"
      inPlace
      trigger={
        <IconButton label={words.label(words.views[view].name)}>
          <Icon size={18} aria-hidden="true" />
        </IconButton>
      }
    >
      <MenuChoice value={view} options={REPLY_VIEWS.map((value) => ({ value, ...words.views[value] }))} onChange={chooseReplyView} />
    </Menu>
  );
}
