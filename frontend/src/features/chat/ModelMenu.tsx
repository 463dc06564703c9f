import { ChevronDown } from "lucide-react";

import { useMessages } from "@/messages/messages";
import { Menu, MenuChoice } from "@/ui/Menu";

import type { Models } from "./chat";
import styles from "./Composer.module.css";

interface ModelMenuProps {
  models: Models;
  /** Null leaves it to the account. */
  model: string | null;
  onChange: (model: string | null) => void;
}

/** No model has an empty name. */
const ANY = "";

/** Which model is asked; nothing where there is no choice. */
export function ModelMenu({ models, model, onChange }: ModelMenuProps) {
  const words = useMessages().composer.model;
  if (models.length === 0) return null;
  const chosen = models.find(({ name }) => name === model);
  const options = [
    { value: ANY, name: words.any, help: words.anyHelp },
    ...models.map(({ name, title }) => ({ value: name, name: title || name, help: title === name ? "" : name })),
  ];
  const shown = chosen ? chosen.title || chosen.name : words.any;
  return (
    <Menu
      trigger={
        <button type="button" className={styles.plan} aria-label={`${words.label}: ${shown}`}>
          <span className={styles.model}>{shown}</span>
          <ChevronDown size={16} aria-hidden="true" />
        </button>
      }
    >
      <MenuChoice value={chosen?.name ?? ANY} options={options} onChange={(value) => onChange(value === ANY ? null : value)} />
    </Menu>
  );
}
