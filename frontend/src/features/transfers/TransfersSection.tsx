import { Download, Upload } from "lucide-react";
import { useRef, useState } from "react";
import { useStore } from "zustand";

import { explain, useMessages } from "@/messages/messages";
import { Button, buttonClass } from "@/ui/Button";
import { Section } from "@/ui/FormPage";
import { Notice } from "@/ui/Notice";

import type { Importing, NotTaken } from "./importing";
import { ImportReport } from "./ImportReport";
import styles from "./Transfers.module.css";

const FORMATS = ["markdown", "json", "chatgpt"] as const;

interface TransfersSectionProps {
  importing: Importing;
  exported: (format: (typeof FORMATS)[number]) => string;
}

/** Conversations in and out. */
export function TransfersSection({ importing, exported }: TransfersSectionProps) {
  const words = useMessages().transfers;
  return (
    <Section title={words.title}>
      <ImportFile importing={importing} />
      <div className={styles.part}>
        <h3 className={styles.heading}>{words.export}</h3>
        <p className={styles.help}>{words.exportHelp}</p>
        <div className={styles.formats}>
          {FORMATS.map((format) => (
            <a key={format} href={exported(format)} download className={buttonClass("secondary")}>
              <Download size={16} aria-hidden="true" />
              {words.formats[format]}
            </a>
          ))}
        </div>
      </div>
    </Section>
  );
}

function ImportFile({ importing }: { importing: Importing }) {
  const messages = useMessages();
  const words = messages.transfers;
  const state = useStore(importing.store);
  const [over, setOver] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const busy = state.step === "sending" || state.step === "taking";

  return (
    <div className={styles.part}>
      <h3 id="import" className={styles.heading}>{words.import}</h3>
      <p className={styles.help}>{words.importHelp}</p>
      {/* Dropping a file is one more way to do what the button does. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        className={styles.drop}
        data-over={over}
        role="group"
        aria-labelledby="import"
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          importing.take([...event.dataTransfer.files]);
        }}
      >
        <input
          ref={field}
          type="file"
          multiple
          hidden
          accept=".json,.zip,application/json,application/zip"
          aria-label={words.choose}
          onChange={(event) => {
            importing.take([...(event.target.files ?? [])]);
            // The same file again is another choice.
            event.target.value = "";
          }}
        />
        <Button disabled={busy} onClick={() => field.current?.click()}>
          <Upload size={16} aria-hidden="true" />
          {words.choose}
        </Button>
        <span className={styles.help}>{words.drop}</span>
      </div>
      {busy ? (
        <div className={styles.progress}>
          <span id="import-step" dir="auto">{words.step[state.step](state.name, state.file, state.files)}</span>
          <progress aria-labelledby="import-step" max={1} value={state.part} className={styles.bar} />
          <Button look="quiet" onClick={() => importing.stop()}>{words.stop}</Button>
        </div>
      ) : null}
      {state.step === "ended" && state.taken.length > 0 ? <ImportReport taken={state.taken} whole={state.failed.length === 0} /> : null}
      {state.step === "ended" ? state.failed.map((each, at) => <Notice key={at} tone="failed" announce {...failed(each)} />) : null}
    </div>
  );

  function failed({ name, failure, begun }: NotTaken) {
    const { what, todo } = failure.code === "body_too_large" ? words.tooLarge : explain(messages, failure);
    return { what: words.failed(name, begun), todo: [what, todo, begun ? words.begun : ""].filter(Boolean).join(" ") };
  }
}
