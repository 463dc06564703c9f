import { useState } from "react";
import { useLocation } from "wouter";

import { useCommand, useShortcuts } from "@/browser/commands";
import { usePreferences } from "@/browser/use_preferences";
import type { Viewer } from "@/features/session/session";
import { lazyDialog } from "@/ui/lazily";

import { useApp } from "./context";

const KeyboardHelp = lazyDialog(() => import("./KeyboardHelp"));
const CommandPalette = lazyDialog(() => import("./CommandPalette"));

/** The keyboard on every page: its shortcuts, the list of them, and the command palette. */
export function Keyboard({ viewer }: { viewer: Viewer }) {
  const { urls } = useApp();
  const [, navigate] = useLocation();
  const [open, setOpen] = useState<"help" | "palette" | null>(null);
  const { singleKeys } = usePreferences();
  useShortcuts(singleKeys === "on");
  useCommand("palette", () => setOpen("palette"));
  useCommand("help", () => setOpen("help"));
  useCommand("newChat", () => navigate(urls.chat));
  const close = () => setOpen(null);
  return (
    <>
      {open === "help" ? <KeyboardHelp onClose={close} /> : null}
      {open === "palette" ? <CommandPalette viewer={viewer} onClose={close} /> : null}
    </>
  );
}
