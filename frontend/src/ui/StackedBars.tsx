import { type PointerEvent, useEffect, useId, useRef, useState } from "react";

import { drawn, type Scale } from "./bars";
import styles from "./StackedBars.module.css";
import { type Look, Swatch, Textures, textureOf } from "./Textures";

export interface BarSeries {
  key: string;
  name: string;
  look: Look;
  /** By step. */
  values: readonly number[];
}

interface StackedBarsProps {
  /** What it shows, for those who do not see it. */
  label: string;
  /** The name of what walks from step to step. */
  walk: string;
  steps: readonly { short: string; long: string }[];
  series: readonly BarSeries[];
  /** A value in words, and as short as it fits beside a line. */
  format: (value: number) => string;
  brief: (value: number) => string;
  scale: Scale;
  height: number;
}

const LETTER = 7; // pixels, wide
const LINE = 20;
/** Pixels, from which a bar has room for a texture.  Narrower ones are told apart by the figures of a step and the table. */
const TEXTURED = 12;

/**
 * Bars over time, stacked.  A pointer or the arrow keys lead from step to step, whose figures are shown until Escape; a
 * screen reader has them as the values of a slider.
 */
export function StackedBars({ label, walk, steps, series, format, brief, scale, height }: StackedBarsProps) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [pointed, setPointed] = useState<number | null>(null);
  const [walked, setWalked] = useState<number | null>(null);
  const [focused, setFocused] = useState(false);
  /** The step whose figures were sent away because they lie over something. */
  const [away, setAway] = useState<number | null>(null);
  const textures = useId();
  useEffect(() => {
    if (box.current === null) return;
    const watching = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    watching.observe(box.current);
    return () => watching.disconnect();
  }, []);

  const last = Math.max(0, steps.length - 1);
  const walkedTo = Math.min(walked ?? last, last);
  const at = pointed ?? (focused ? walkedTo : null);
  const shown = at === away ? null : at;
  useEffect(() => {
    if (shown === null) return;
    // Ahead of whatever else Escape would close.
    const dismiss = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      setAway(shown);
    };
    document.addEventListener("keydown", dismiss, true);
    return () => document.removeEventListener("keydown", dismiss, true);
  }, [shown]);
  const widest = Math.max(0, ...steps.map(({ short }) => short.length)) * LETTER + 12;
  const frame = { width, height, bottom: LINE + 4, top: 10, label: widest };
  const values = series.map((each) => each.values);
  const first = drawn(values, steps.length, { ...frame, left: 0 }, scale);
  const left = Math.max(...first.levels.map(({ value }) => brief(value).length)) * LETTER + 10;
  const { bars, levels, band, labelEvery } = drawn(values, steps.length, { ...frame, left }, scale);
  const point = (event: PointerEvent<HTMLDivElement>) => {
    const step = Math.floor((event.clientX - event.currentTarget.getBoundingClientRect().left - left) / band);
    setPointed(step < 0 || step > last ? null : step);
  };
  const figures = (step: number) =>
    series.flatMap((each) => ((each.values[step] ?? 0) > 0 ? [{ ...each, value: each.values[step] ?? 0 }] : []));
  const sum = (step: number) => format(series.reduce((all, each) => all + (each.values[step] ?? 0), 0));
  const told = (step: number) => {
    const parts = series.length < 2 ? [] : figures(step).map(({ name, value }) => `${name} ${format(value)}`);
    return [`${steps[step]?.long ?? ""}: ${sum(step)}`, ...parts].join(", ");
  };

  return (
    <div
      ref={box}
      className={styles.chart}
      role="group"
      aria-label={label}
      style={{ height }}
      onPointerMove={point}
      onPointerDown={point}
      onPointerLeave={() => {
        setPointed(null);
        setAway(null);
      }}
    >
      {width === 0 ? null : (
        <svg width={width} height={height} aria-hidden="true" className={styles.drawing}>
          <Textures id={textures} looks={series.map(({ look }) => look)} plain={(bars[0]?.width ?? 0) < TEXTURED} />
          {shown === null ? null : <rect className={styles.shown} x={left + band * shown} y={0} width={band} height={height - LINE} rx={4} />}
          {levels.map(({ y, value }) => (
            <g key={value}>
              <line className={value === 0 ? styles.ground : styles.level} x1={left} x2={width} y1={y} y2={y} />
              <text className={styles.words} x={left - 8} y={y} dy="0.32em" textAnchor="end">
                {brief(value)}
              </text>
            </g>
          ))}
          {bars.map((bar) => (
            <rect
              key={`${bar.step} ${bar.series}`}
              x={bar.x}
              y={bar.y}
              width={bar.width}
              height={bar.height}
              className={styles.bar}
              fill={textureOf(textures, series[bar.series]?.look ?? "others")}
            />
          ))}
          {steps.map(({ short, long }, step) =>
            (last - step) % labelEvery === 0 && left + band * (step + 0.5) - widest / 2 > left - 24 ? (
              <text key={long} className={styles.words} x={Math.min(left + band * (step + 0.5), width - widest / 2 + 6)} y={height - 4} textAnchor="middle">
                {short}
              </text>
            ) : null,
          )}
        </svg>
      )}
      {steps.length === 0 ? null : (
        <input
          type="range"
          className={styles.walk}
          aria-label={walk}
          min={0}
          max={last}
          value={walkedTo}
          aria-valuetext={told(walkedTo)}
          onChange={(event) => {
            setWalked(Number(event.target.value));
            setAway(null);
          }}
          onFocus={() => setFocused(true)}
          onBlur={() => {
            setFocused(false);
            setAway(null);
          }}
        />
      )}
      {shown === null ? null : (
        <div
          className={styles.figures}
          aria-hidden="true"
          // The half in which it does not lie over its own bar.
          style={shown * 2 < last ? { left: left + band * (shown + 1) + 8 } : { right: width - left - band * shown + 8 }}
        >
          <p className={styles.step}>
            {steps[shown]?.long} <strong>{sum(shown)}</strong>
          </p>
          {series.length < 2 ? null : figures(shown).reverse().map(({ key, name, look, value }) => (
            <p key={key} className={styles.figure}>
              <Swatch look={look} />
              <span className={styles.name} dir="auto">{name}</span>
              <span>{format(value)}</span>
            </p>
          ))}
        </div>
      )}
    </div>
  );
}

/** What the colours stand for, in the order of the stacks from below. */
export function Legend({ label, series }: { label: string; series: readonly Pick<BarSeries, "key" | "name" | "look">[] }) {
  return (
    <ul className={styles.legend} aria-label={label}>
      {series.map(({ key, name, look }) => (
        <li key={key}>
          <Swatch look={look} />
          <span className={styles.name} dir="auto">{name}</span>
        </li>
      ))}
    </ul>
  );
}

