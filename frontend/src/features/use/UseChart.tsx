import { useMessages } from "@/messages/messages";
import { type BarSeries, Legend, StackedBars } from "@/ui/StackedBars";
import { type Look, SERIES_LOOKS } from "@/ui/Textures";

import { type Report, scaleOf, type Series, seriesOf } from "./report";
import type { Measure } from "./totals";
import { Wording } from "./wording";

const LOOKS = {
  others: "others",
  finished: "good",
  stopped: "idle",
  failed: "bad",
  promptTokens: "blue",
  replyTokens: "teal",
  whole: "teal",
} as const satisfies Record<Extract<Series["of"], string>, Look>;

interface UseChartProps {
  report: Report;
  measure: Measure;
  height: number;
}

/** What was used over time, a colour per group. */
export function UseChart({ report, measure, height }: UseChartProps) {
  const messages = useMessages();
  const words = messages.use;
  const wording = new Wording(messages);
  const { span, by } = report;
  const dimension = by === "total" ? "user" : by;
  const series: BarSeries[] = seriesOf(report, measure)
    .filter(({ values }) => values.some((value) => value > 0))
    .map((each, index) => ({
      key: typeof each.of === "string" ? each.of : `group ${each.of.value ?? ""}`,
      name: wording.seriesName(each, dimension),
      look: typeof each.of === "string" ? LOOKS[each.of] : (SERIES_LOOKS[index] ?? "others"),
      values: each.values,
    }));
  const scale = scaleOf(measure, series.map(({ values }) => values));
  return (
    <>
      <StackedBars
        label={words.chart(words.measures[measure], wording.span(span))}
        walk={words.walk}
        steps={span.starts.map((start) => wording.step(start, span))}
        series={series}
        format={wording.value(measure)}
        brief={wording.briefValue(measure, scale.unit)}
        scale={scale}
        height={height}
      />
      {by === "total" && series.length < 2 ? null : <Legend label={words.legend} series={series} />}
    </>
  );
}
