import type { KeyboardEvent } from "react";

/** Whether the key that was pressed in a prompt sends it.  Enter also confirms a word in an input method; that one is not ours. */
export function isSendKey(event: KeyboardEvent): boolean {
  // Safari ends the composition before it tells of the key, which then has the code of keys that a method has taken.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const taken = event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229;
  return event.key === "Enter" && !event.shiftKey && !taken;
}

/** As high as its text, up to the limit of the style sheet. */
export function grow(field: HTMLTextAreaElement | null): void {
  if (field === null) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}
