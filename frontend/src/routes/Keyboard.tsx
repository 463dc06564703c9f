import { type ComponentType, lazy, Suspense, useState } from "react";
import { useLocation } from "wouter";

import { useCommand, useShortcuts } from "@/browser/commands";
import { usePreferences } from "@/browser/use_preferences";
import type { Viewer } from "@/features/session/session";

import { useApp } from "./context";

interface PartProps {
  viewer: Viewer;
  onClose: () => void;
}

/** Loaded when first asked for.  What does not load does nothing: the page works without it. */
const part = (load: () => Promise<{ default: ComponentType<PartProps> }>) =>
  lazy(() => load().catch((): { default: ComponentType<PartProps> } => ({ default: () => null })));

const KeyboardHelp = part(() => import("./KeyboardHelp"));
const CommandPalette = part(() => import("./CommandPalette"));

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
    <Suspense>
      {open === "help" ? <KeyboardHelp viewer={viewer} onClose={close} /> : null}
      {open === "palette" ? <CommandPalette viewer={viewer} onClose={close} /> : null}
    </Suspense>
  );
}
