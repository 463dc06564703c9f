import { useId } from "react";

import styles from "./Textures.module.css";

/** Colours that those who tell few apart tell apart by their texture. */
const LOOKS = {
  teal: { texture: "plain" },
  orange: { texture: "rising" },
  blue: { texture: "dots" },
  rose: { texture: "level" },
  olive: { texture: "falling" },
  violet: { texture: "upright" },
  brown: { texture: "net" },
  slate: { texture: "rings" },
  good: { texture: "plain" },
  idle: { texture: "dots" },
  bad: { texture: "rising" },
  others: { texture: "plain" },
} as const;

export type Look = keyof typeof LOOKS;
type Texture = (typeof LOOKS)[Look]["texture"];

/** In the order in which they are given out. */
export const SERIES_LOOKS = ["teal", "orange", "blue", "rose", "olive", "violet", "brown", "slate"] as const satisfies readonly Look[];

const SIZE = 6;
const LINES: Record<Texture, string> = {
  plain: "",
  rising: "M-1,1 L1,-1 M0,6 L6,0 M5,7 L7,5",
  falling: "M-1,5 L1,7 M0,0 L6,6 M5,-1 L7,1",
  level: "M0,3 L6,3",
  upright: "M3,0 L3,6",
  net: "M0,3 L6,3 M3,0 L3,6",
  dots: "M2,3 L4,3",
  rings: "M1,1 L5,1 L5,5 L1,5 Z",
};

interface TexturesProps {
  id: string;
  looks: readonly Look[];
  /** The colours alone: on what is narrow a texture is noise. */
  plain?: boolean;
}

/** The textures of a drawing, for `textureOf` with the same id. */
export function Textures({ id, looks, plain = false }: TexturesProps) {
  return (
    <defs>
      {[...new Set(looks)].map((look) => (
        <pattern key={look} id={`${id}${look}`} width={SIZE} height={SIZE} patternUnits="userSpaceOnUse">
          <rect width={SIZE} height={SIZE} className={styles[look]} />
          {plain ? null : <path d={LINES[LOOKS[look].texture]} className={LOOKS[look].texture === "dots" ? styles.dots : styles.lines} />}
        </pattern>
      ))}
    </defs>
  );
}

export const textureOf = (id: string, look: Look) => `url(#${id}${look})`;

export function Swatch({ look }: { look: Look }) {
  const id = useId();
  return (
    <svg className={styles.swatch} width={12} height={12} aria-hidden="true">
      <Textures id={id} looks={[look]} />
      <rect width={12} height={12} rx={2} fill={textureOf(id, look)} />
    </svg>
  );
}
