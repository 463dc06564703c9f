import { ChevronLeft, ChevronRight } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef } from "react";

import { useMessages } from "@/messages/messages";
import { IconButton } from "@/ui/Button";

import type { Turn } from "./live_reply";
import { placeAmongVersions } from "./transcript";
import styles from "./VersionArrows.module.css";

export type Side = "previous" | "next";

interface VersionArrowsProps {
  turn: Turn;
  /** The arrow that led here takes the focus, so that one can go on. */
  arrivedBy: Side | null;
  onChoose: (turnId: string, side: Side) => void;
}

/** The way from one version of a turn to the others, with all that follows each; nothing where there is only one. */
export function VersionArrows({ turn, arrivedBy, onChoose }: VersionArrowsProps) {
  const words = useMessages().chat.versions;
  const previous = useRef<HTMLButtonElement>(null);
  const next = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (arrivedBy !== null) (arrivedBy === "previous" ? previous : next).current?.focus();
  }, [arrivedBy]);

  const place = placeAmongVersions(turn);
  if (place === null) return null;
  const go = (side: Side) => {
    const to = side === "previous" ? place.previous : place.next;
    if (to !== null) onChoose(to, side);
  };
  function keyDown(event: KeyboardEvent) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    go(event.key === "ArrowLeft" ? "previous" : "next");
  }
  return (
    // The keys are a shorter way to what the buttons in it do.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div className={styles.versions} role="group" aria-label={words.label} onKeyDown={keyDown}>
      <IconButton ref={previous} label={words.previous} className={styles.arrow ?? ""} aria-disabled={place.previous === null} onClick={() => go("previous")}>
        <ChevronLeft size={16} aria-hidden="true" />
      </IconButton>
      <span className={styles.number}>{words.place(place.number, place.count)}</span>
      <IconButton ref={next} label={words.next} className={styles.arrow ?? ""} aria-disabled={place.next === null} onClick={() => go("next")}>
        <ChevronRight size={16} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
