import { Check } from "lucide-react";
import {
  cloneElement,
  createContext,
  type HTMLAttributes,
  type KeyboardEvent,
  type PointerEvent,
  type ReactElement,
  type ReactNode,
  useContext,
  useEffect,
  useRef,
  useState,
} from "react";

import { lazyAnswer } from "./lazily";
import styles from "./Menu.module.css";

const useParts = lazyAnswer(() => import("./menu_parts"));
const Parts = createContext<ReturnType<typeof useParts>>(null);

function useMenuParts() {
  const parts = useContext(Parts);
  if (parts === null) throw new Error("no menu around this part");
  return parts;
}

/** One event cannot be dispatched twice. */
function copyOf({ nativeEvent: event }: KeyboardEvent | PointerEvent): Event {
  return new (event.constructor as typeof Event)(event.type, event);
}

interface MenuProps {
  trigger: ReactElement<HTMLAttributes<HTMLElement>>;
  side?: "top" | "bottom";
  align?: "start" | "end";
  /** Where the focus goes afterwards; the default is the button. */
  focusAfter?: () => HTMLElement | null;
  /** Whether it is part of the page's landmark that its button is in, and not of the page as a whole. */
  inPlace?: boolean;
  onOpen?: (open: boolean) => void;
  children: ReactNode;
}

/**
 * A menu on a button.  Not modal, because a modal one writes a style element, which the CSP forbids.  The button stands
 * alone until it is first pressed: what draws and places menus is no part of the first load, and is then pressed in turn.
 */
export function Menu({ trigger, side = "top", align = "start", focusAfter, inPlace = false, onOpen, children }: MenuProps) {
  const [pressed, setPressed] = useState<Event | null>(null);
  const parts = useParts(pressed);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (parts !== null && pressed !== null) button.current?.dispatchEvent(pressed);
  }, [parts, pressed]);
  if (parts === null) {
    return cloneElement(trigger, {
      "aria-haspopup": "menu",
      "aria-expanded": false,
      onPointerDown: (event: PointerEvent) => {
        if (event.button !== 0 || event.ctrlKey) return;
        event.preventDefault();
        setPressed(copyOf(event));
      },
      onKeyDown: (event: KeyboardEvent) => {
        if (!["Enter", " ", "ArrowDown"].includes(event.key)) return;
        event.preventDefault();
        setPressed(copyOf(event));
      },
    });
  }
  const { Content, Portal, Root, Trigger } = parts;
  const content = (
    <Content
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
    </Content>
  );
  return (
    <Parts value={parts}>
      <Root modal={false} {...(onOpen ? { onOpenChange: onOpen } : {})}>
        <Trigger ref={button} asChild>
          {trigger}
        </Trigger>
        {inPlace ? content : <Portal>{content}</Portal>}
      </Root>
    </Parts>
  );
}

export function MenuItem({ icon, onSelect, children }: { icon?: ReactNode; onSelect: () => void; children: ReactNode }) {
  const { Item } = useMenuParts();
  return (
    <Item className={styles.item} onSelect={onSelect}>
      {icon}
      {children}
    </Item>
  );
}

/** A link in a menu: what it leads to is kept as a file. */
export function MenuDownload({ icon, href, children }: { icon?: ReactNode; href: string; children: ReactNode }) {
  const { Item } = useMenuParts();
  return (
    <Item asChild className={styles.item}>
      <a href={href} download>
        {icon}
        {children}
      </a>
    </Item>
  );
}

export function MenuInfo({ children }: { children: ReactNode }) {
  const { Label } = useMenuParts();
  return <Label className={styles.info}>{children}</Label>;
}

export function MenuLine() {
  const { Separator } = useMenuParts();
  return <Separator className={styles.line} />;
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
  const { ItemIndicator, RadioGroup, RadioItem } = useMenuParts();
  return (
    <RadioGroup
      value={value}
      onValueChange={(next) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen) onChange(chosen.value);
      }}
    >
      {options.map((option) => (
        <RadioItem
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
            <ItemIndicator>
              <Check size={16} />
            </ItemIndicator>
          </span>
        </RadioItem>
      ))}
    </RadioGroup>
  );
}
