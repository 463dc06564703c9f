import { ChevronDown } from "lucide-react";

import { useMessages } from "@/messages/messages";
import { Menu, MenuChoice } from "@/ui/Menu";

import styles from "./Composer.module.css";
import type { AccountChoice } from "./use_wish";

interface AccountMenuProps {
  choice: AccountChoice;
  /** Whether the viewer's key includes Plus accounts. */
  plus: boolean;
  onChange: (choice: AccountChoice) => void;
}

const CHOICES: readonly AccountChoice[] = ["ANY", "FREE", "PLUS", "OWN"];

/** Which accounts may answer a new conversation; a follow-up stays with its own. */
export function AccountMenu({ choice, plus, onChange }: AccountMenuProps) {
  const words = useMessages().composer;
  const options = CHOICES.map((value) => {
    const disabled = value === "PLUS" && !plus;
    const { name, help } = words.plans[value];
    return { value, name, help: disabled ? words.plusNotIncluded : help, disabled };
  });
  return (
    <Menu
      trigger={
        <button type="button" className={styles.plan} aria-label={`${words.plan}: ${words.plans[choice].name}`}>
          {words.plans[choice].name}
          <ChevronDown size={16} aria-hidden="true" />
        </button>
      }
    >
      <MenuChoice value={choice} options={options} onChange={onChange} />
    </Menu>
  );
}
