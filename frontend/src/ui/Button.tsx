import type { ComponentProps } from "react";

import styles from "./Button.module.css";

type Look = "primary" | "secondary" | "quiet" | "danger";

interface ButtonProps extends ComponentProps<"button"> {
  look?: Look;
}

export function buttonClass(look: Look, ...more: (string | undefined)[]): string {
  return [styles.button, styles[look], ...more].filter(Boolean).join(" ");
}

export function Button({ look = "secondary", className, ...rest }: ButtonProps) {
  return <button type="button" {...rest} className={buttonClass(look, className)} />;
}

interface IconButtonProps extends Omit<ButtonProps, "aria-label"> {
  label: string;
}

/** A button that shows an icon alone; `label` is its name and its hint. */
export function IconButton({ label, look = "quiet", className, ...rest }: IconButtonProps) {
  return (
    <button type="button" title={label} {...rest} aria-label={label} className={buttonClass(look, styles.icon, className)} />
  );
}
