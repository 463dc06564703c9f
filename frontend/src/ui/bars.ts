import { nice, ticks } from "d3-array";

export interface Bar {
  series: number;
  step: number;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where everything of a chart of stacked bars stands, in pixels from its upper left corner. */
export interface Drawing {
  bars: readonly Bar[];
  /** Lines across, with what they stand for. */
  levels: readonly { y: number; value: number }[];
  /** How wide a step is, with the distance to the next. */
  band: number;
  /** Every how many steps there is room for a label. */
  labelEvery: number;
}

export interface Frame {
  width: number;
  height: number;
  /** Room for the words beside and below the bars. */
  left: number;
  bottom: number;
  top: number;
  /** How wide the widest label of a step is. */
  label: number;
}

/** What the lines across stand for: round numbers of a unit, and only whole ones where there are no parts of it. */
export interface Scale {
  unit: number;
  whole: boolean;
}

const WIDEST = 48;
const FILLED = 0.72;
const LEVELS = 4;

/** The values of each series by step; none is below 0. */
export function drawn(series: readonly (readonly number[])[], steps: number, frame: Frame, scale: Scale): Drawing {
  const { left, top, width, height, bottom, label } = frame;
  const band = steps === 0 ? 0 : Math.max(0, width - left) / steps;
  const sums = Array.from({ length: steps }, (_, step) => series.reduce((sum, values) => sum + (values[step] ?? 0), 0));
  const highest = Math.max(0, ...sums) / scale.unit;
  const count = scale.whole ? Math.max(1, Math.min(LEVELS, highest)) : LEVELS;
  // Nothing at all still has a ground to stand on.
  const [, units] = highest === 0 ? [0, 1] : nice(0, highest, count);
  const most = units * scale.unit;
  const room = height - top - bottom;
  const y = (value: number) => top + room * (1 - value / most);
  const barWidth = Math.min(WIDEST, band * FILLED);
  const bars: Bar[] = [];
  for (let step = 0; step < steps; step += 1) {
    let below = 0;
    series.forEach((values, index) => {
      const value = values[step] ?? 0;
      if (value > 0) {
        const x = left + band * step + (band - barWidth) / 2;
        bars.push({ series: index, step, x, y: y(below + value), width: barWidth, height: y(below) - y(below + value) });
      }
      below += value;
    });
  }
  return {
    bars,
    levels: (highest === 0 ? [0] : ticks(0, units, count)).map((each) => ({ y: y(each * scale.unit), value: each * scale.unit })),
    band,
    // The last label may have to stand further left than its bar.
    labelEvery: band === 0 ? 1 : Math.max(1, Math.ceil((label + Math.max(0, label - band) / 2) / band)),
  };
}
