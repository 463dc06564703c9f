import * as Dropdown from "@radix-ui/react-dropdown-menu";
import { Check } from "lucide-react";
import type { ReactNode } from "react";

import styles from "./Menu.module.css";

interface MenuProps {
  trigger: ReactNode;
  side?: "top" | "bottom";
  align?: "start" | "end";
  /** Where the focus goes afterwards; the default is the button. */
  focusAfter?: () => HTMLElement | null;
  /** Whether it is part of the page's landmark that its button is in, and not of the page as a whole. */
  inPlace?: boolean;
  onOpen?: (open: boolean) => void;
  children: ReactNode;
}

/** A menu on a button.  Not modal, because a modal one writes a style element, which the CSP forbids. */
export function Menu({ trigger, side = "top", align = "start", focusAfter, inPlace = false, onOpen, children }: MenuProps) {
  const content = (
    <Dropdown.Content
      className={styles.menu}
      side={side}
      align={align}
      sideOffset={6}
      collisionPadding={8}
      onCloseAutoFocus={(event) => {
        const target = focusAfter?.();
        if (!target) return;
        event.preventDefault();
        target.focus();
      }}
    >
      {children}
    </Dropdown.Content>
  );
  return (
    <Dropdown.Root modal={false} {...(onOpen ? { onOpenChange: onOpen } : {})}>
      <Dropdown.Trigger asChild>{trigger}</Dropdown.Trigger>
      {inPlace ? content : <Dropdown.Portal>{content}</Dropdown.Portal>}
    </Dropdown.Root>
  );
}

export function MenuItem({ icon, onSelect, children }: { icon?: ReactNode; onSelect: () => void; children: ReactNode }) {
  return (
    <Dropdown.Item className={styles.item} onSelect={onSelect}>
      {icon}
      {children}
    </Dropdown.Item>
  );
}

/** A link in a menu: what it leads to is kept as a file. */
export function MenuDownload({ icon, href, children }: { icon?: ReactNode; href: string; children: ReactNode }) {
  return (
    <Dropdown.Item asChild className={styles.item}>
      <a href={href} download>
        {icon}
        {children}
      </a>
    </Dropdown.Item>
  );
}

export function MenuInfo({ children }: { children: ReactNode }) {
  return <Dropdown.Label className={styles.info}>{children}</Dropdown.Label>;
}

export function MenuLine() {
  return <Dropdown.Separator className={styles.line} />;
}

export interface Option<T extends string> {
  value: T;
  name: string;
  help: string;
  disabled?: boolean;
}

interface MenuChoiceProps<T extends string> {
  value: T;
  options: readonly Option<T>[];
  onChange: (value: T) => void;
}

export function MenuChoice<T extends string>({ value, options, onChange }: MenuChoiceProps<T>) {
  return (
    <Dropdown.RadioGroup
      value={value}
      onValueChange={(next) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen) onChange(chosen.value);
      }}
    >
      {options.map((option) => (
        <Dropdown.RadioItem
          key={option.value}
          value={option.value}
          disabled={option.disabled ?? false}
          className={styles.item}
        >
          <span className={styles.words} dir="auto">
            {option.name}
            {option.help === "" ? null : <span className={styles.help}>{option.help}</span>}
          </span>
          <span className={styles.mark} aria-hidden="true">
            <Dropdown.ItemIndicator>
              <Check size={16} />
            </Dropdown.ItemIndicator>
          </span>
        </Dropdown.RadioItem>
      ))}
    </Dropdown.RadioGroup>
  );
}
