import { useStore } from "zustand";

import { Toast } from "@/ui/Toast";

import type { ConversationList } from "./conversation_list";
import styles from "./UndoToast.module.css";
import { focusHeading } from "./use_row_actions";

/** The way back from what was done in the list, wherever the reader goes meanwhile; `away` where the list is not in view. */
export function UndoToast({ list, away = false }: { list: ConversationList; away?: boolean }) {
  const said = useStore(list.said, (state) => state.said);
  const close = () => {
    list.say(null);
    if (document.activeElement === document.body || document.activeElement?.closest('[role="group"]')) focusHeading();
  };
  const toast = <Toast said={said} onClose={close} takesFocus={!away} />;
  return away ? <div className={styles.away}>{toast}</div> : toast;
}
