import { useEffect, useRef, useState } from "react";

import { useMessages } from "@/messages/messages";
import { Button } from "@/ui/Button";

import styles from "./TranscriptView.module.css";

interface EarlierProps {
  view: HTMLElement | null;
  /** Whether all turns that were loaded are drawn. */
  idle: boolean;
  onEarlier: () => Promise<void>;
}

/** Loads the turns before those in view when the reader comes near, or when it is pressed. */
export function Earlier({ view, idle, onEarlier }: EarlierProps) {
  const words = useMessages().chat;
  const [state, setState] = useState<"ready" | "busy" | "failed">("ready");
  const button = useRef<HTMLButtonElement>(null);
  const load = useRef(() => Promise.resolve());

  useEffect(() => {
    load.current = async () => {
      setState("busy");
      await onEarlier().then(
        () => setState("ready"),
        () => setState("failed"),
      );
    };
  });

  useEffect(() => {
    if (!idle || state !== "ready" || button.current === null) return;
    // Two screens ahead, so that whoever scrolls meets no end.
    const near = new IntersectionObserver((seen) => {
      if (seen.some((each) => each.isIntersecting)) void load.current();
    }, { root: view, rootMargin: "200% 0px 0px 0px" });
    near.observe(button.current);
    return () => near.disconnect();
  }, [idle, state, view]);

  return (
    <Button ref={button} look="quiet" className={styles.earlier} disabled={state === "busy"} onClick={() => void load.current()}>
      {state === "failed" ? words.earlierFailed : words.earlier}
    </Button>
  );
}
