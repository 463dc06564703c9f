import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";

import { IconButton } from "./Button";
import { Hidden } from "./Hidden";

interface CopyButtonProps {
  labels: { copy: string; copied: string; failed: string };
  onCopy: () => Promise<void>;
  className?: string;
}

/** Milliseconds: a failure says what to do instead, which has to be read. */
const SHOW_FOR = { copied: 2000, failed: 10_000 };

export function CopyButton({ labels, onCopy, className }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<"none" | "copied" | "failed">("none");
  useEffect(() => {
    if (outcome === "none") return;
    const timer = setTimeout(() => setOutcome("none"), SHOW_FOR[outcome]);
    return () => clearTimeout(timer);
  }, [outcome]);
  const said = outcome === "none" ? "" : labels[outcome];
  return (
    <>
      <IconButton
        label={labels.copy}
        title={said || labels.copy}
        {...(className ? { className } : {})}
        onClick={() => {
          onCopy().then(
            () => setOutcome("copied"),
            () => setOutcome("failed"),
          );
        }}
      >
        {outcome === "copied" ? <Check size={16} /> : <Copy size={16} />}
      </IconButton>
      <Hidden role="status" unless={outcome === "failed"}>
        {said}
      </Hidden>
    </>
  );
}
