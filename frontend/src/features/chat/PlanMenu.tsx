import { ChevronDown } from "lucide-react";

import type { Plan } from "@/graphql/generated/graphql";
import { useMessages } from "@/messages/messages";
import { Menu, MenuChoice } from "@/ui/Menu";

import styles from "./Composer.module.css";

interface PlanMenuProps {
  plan: Plan;
  /** Whether the viewer's key includes Plus accounts. */
  plus: boolean;
  onChange: (plan: Plan) => void;
}

const PLANS: readonly Plan[] = ["ANY", "FREE", "PLUS"];

/** Which accounts may answer a new conversation; a follow-up stays with its own. */
export function PlanMenu({ plan, plus, onChange }: PlanMenuProps) {
  const words = useMessages().composer;
  const options = PLANS.map((value) => {
    const disabled = value === "PLUS" && !plus;
    const { name, help } = words.plans[value];
    return { value, name, help: disabled ? words.plusNotIncluded : help, disabled };
  });
  return (
    <Menu
      trigger={
        <button type="button" className={styles.plan} aria-label={`${words.plan}: ${words.plans[plan].name}`}>
          {words.plans[plan].name}
          <ChevronDown size={16} aria-hidden="true" />
        </button>
      }
    >
      <MenuChoice value={plan} options={options} onChange={onChange} />
    </Menu>
  );
}
