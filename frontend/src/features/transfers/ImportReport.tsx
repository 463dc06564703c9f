import { useMessages } from "@/messages/messages";

import { combined } from "./import_lines";
import type { Taken } from "./importing";
import styles from "./Transfers.module.css";

interface ImportReportProps {
  taken: readonly Taken[];
  /** Whether each file came in to its end. */
  whole: boolean;
}

/** What was taken of one file or of several together, and all that was not. */
export function ImportReport({ taken, whole }: ImportReportProps) {
  const words = useMessages().transfers;
  const { conversations, turns, known, notTaken, leftOut } = combined(taken.map(({ report }) => report));
  const [first] = taken;
  const name = taken.length === 1 && first ? first.name : words.files(taken.length);
  if (conversations + known + notTaken.length + leftOut.length === 0) {
    return <p className={`${styles.report} ${styles.what}`} role="status" dir="auto">{words.none(name)}</p>;
  }
  return (
    <div className={styles.report} role="status">
      <p className={styles.what} dir="auto">{words.taken(name, conversations, turns)}</p>
      {known > 0 ? <p>{words.known(known)}</p> : null}
      {whole && notTaken.length === 0 && leftOut.length === 0 ? <p>{words.whole}</p> : null}
      {notTaken.length > 0 ? (
        <>
          <p className={styles.what}>{words.notTaken}</p>
          <ul className={styles.reasons}>
            {notTaken.map(({ code, sentence, count, examples }) => (
              <li key={code}>
                {words.reason(count, words.reasons[code] ?? sentence)}
                {examples.length === 0 ? null : (
                  <ul className={styles.examples}>
                    {examples.map((example, index) => (
                      <li key={index} dir="auto">{example}</li>
                    ))}
                    {count > examples.length ? <li>{words.more(count - examples.length)}</li> : null}
                  </ul>
                )}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {leftOut.length > 0 ? (
        <>
          <p className={styles.what}>{words.leftOut}</p>
          <ul className={styles.reasons}>
            {leftOut.map(({ what, count }) => (
              <li key={what}>{words.left(count, words.things[what] ?? what)}</li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  );
}
