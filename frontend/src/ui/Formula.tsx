import { useMemo } from "react";

import { lazily } from "./lazily";

export const useMaths = lazily(() => import("./markdown_maths"));

/** TeX drawn; what makes no sense is shown as it was written. */
export function Formula({ tex, displayed }: { tex: string; displayed: boolean }) {
  const maths = useMaths(true);
  const drawn = useMemo(() => maths?.formula(tex, displayed) ?? null, [maths, tex, displayed]);
  return drawn ?? <code>{tex}</code>;
}
