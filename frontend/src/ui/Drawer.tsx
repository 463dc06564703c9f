import type { DrawerProps } from "./DrawerPanel";
import { lazyDialog } from "./lazily";

const DrawerPanel = lazyDialog(() => import("./DrawerPanel"));

/** A panel over the page at small widths. */
export function Drawer({ open, ...panel }: DrawerProps & { open: boolean }) {
  return open ? <DrawerPanel {...panel} /> : null;
}
