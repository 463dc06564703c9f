import { type Shortcut, SHORTCUTS } from "@/browser/commands";
import { usePreferences } from "@/browser/use_preferences";
import { useMessages } from "@/messages/messages";
import { Dialog } from "@/ui/Dialog";
import { Keys } from "@/ui/Keys";

import styles from "./Keyboard.module.css";

/** Every shortcut there is, also those of other pages. */
export default function KeyboardHelp({ onClose }: { onClose: () => void }) {
  const { commands, keyboard } = useMessages();
  const { singleKeys } = usePreferences();
  const shown = (SHORTCUTS as readonly (Shortcut & (typeof SHORTCUTS)[number])[]).filter(
    ({ key, mod }) => singleKeys === "on" || key.length > 1 || mod === true,
  );
  return (
    <Dialog title={keyboard.title} close={keyboard.close} onClose={onClose}>
      <dl className={styles.shortcuts}>
        {shown.map((shortcut) => (
          <div key={shortcut.name} className={styles.shortcut}>
            <dt>{commands[shortcut.name]}</dt>
            <dd>
              <Keys shortcut={shortcut} names={keyboard} />
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
