import { type ComponentType, lazy, Suspense, useEffect, useState } from "react";
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

const loadPalette = () => import("./CommandPalette");
const KeyboardHelp = part(() => import("./KeyboardHelp"));
const CommandPalette = part(loadPalette);

const LATER = 3000;

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
  useEffect(() => {
    // Whoever opens it types on at once, and nothing typed may get lost; but the first page comes first.
    const timer = setTimeout(() => void loadPalette().catch(() => undefined), LATER);
    return () => clearTimeout(timer);
  }, []);
  const close = () => setOpen(null);
  return (
    <Suspense>
      {open === "help" ? <KeyboardHelp viewer={viewer} onClose={close} /> : null}
      {open === "palette" ? <CommandPalette viewer={viewer} onClose={close} /> : null}
    </Suspense>
  );
}
