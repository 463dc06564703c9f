import { useId } from "react";

import { useMessages } from "@/messages/messages";

import { type Measure, MEASURES, type Totals } from "./totals";
import styles from "./Use.module.css";
import { Wording } from "./wording";

interface UseFiguresProps {
  total: Totals;
  measure: Measure;
  onMeasure: (measure: Measure) => void;
}

/** The totals as large figures; the one that is chosen is what the chart shows. */
export function UseFigures({ total, measure, onMeasure }: UseFiguresProps) {
  const messages = useMessages();
  const words = messages.use;
  const wording = new Wording(messages);
  const name = useId();
  const share = (part: number) => (total.prompts === 0 ? "" : wording.percent(part / total.prompts));
  const { promptTokens, replyTokens } = total;
  const unknown = promptTokens === null || replyTokens === null;
  const figures: Record<Measure, { figure: string; note: string }> = {
    prompts: { figure: wording.number(total.prompts), note: "" },
    finished: { figure: wording.number(total.finished), note: share(total.finished) },
    stopped: { figure: wording.number(total.stopped), note: share(total.stopped) },
    failed: { figure: wording.number(total.failed), note: share(total.failed) },
    tokens: {
      figure: unknown ? words.unknown : `${total.estimatedTokens > 0 ? "≈ " : ""}${wording.brief(promptTokens + replyTokens)}`,
      note: unknown ? "" : words.ofTokens(wording.brief(promptTokens), wording.brief(replyTokens)) + wording.unknown(total),
    },
    seconds: {
      figure: wording.seconds(total.seconds),
      note: total.prompts === 0 ? "" : words.perPrompt(wording.seconds(total.seconds / total.prompts)),
    },
  };
  return (
    <fieldset className={styles.figures}>
      <legend className={styles.legend}>{words.measure}</legend>
      {MEASURES.map((each) => (
        <label key={each} className={styles.figure}>
          <input type="radio" name={name} className={styles.radio} checked={each === measure} onChange={() => onMeasure(each)} />
          <span className={styles.term}>{words.measures[each]}</span>
          <span className={styles.value}>{figures[each].figure}</span>
          <span className={styles.note}>{figures[each].note}</span>
        </label>
      ))}
    </fieldset>
  );
}
