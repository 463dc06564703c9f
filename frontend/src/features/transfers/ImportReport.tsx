import { useMessages } from "@/messages/messages";

import type { Report } from "./import_lines";
import styles from "./Transfers.module.css";

/** What was taken, and all that was not. */
export function ImportReport({ name, report }: { name: string; report: Report }) {
  const words = useMessages().transfers;
  const { conversations, turns, known, notTaken, leftOut } = report;
  return (
    <div className={styles.report} role="status">
      <p className={styles.what} dir="auto">{words.taken(name, conversations, turns)}</p>
      {known > 0 ? <p>{words.known(known)}</p> : null}
      {notTaken.length === 0 && leftOut.length === 0 ? <p>{words.whole}</p> : null}
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
