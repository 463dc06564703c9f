import type { Messages } from "./en";

const many = (count: number, one: string, other: string) => `${count} ${count === 1 ? one : other}`;

const of = (file: number, files: number) => (files === 1 ? "" : `, Datei ${file} von ${files}`);

/** Unterhaltungen herein und hinaus. */
export const transfers: Messages["transfers"] = {
  title: "Import und Export",
  import: "Unterhaltungen importieren",
  importHelp:
    "Der Export von ChatGPT (das ZIP, wie es heruntergeladen wurde, oder jede conversations….json daraus), ein Export dieses Servers oder die conversations.json des alten Servers. Was schon hier ist, bleibt, wie es ist.",
  choose: "Dateien wählen",
  drop: "oder hier ablegen",
  step: {
    sending: (name, file, files) => `${name} wird gesendet${of(file, files)}`,
    taking: (name, file, files) => `${name} wird importiert${of(file, files)}`,
  },
  files: (files) => `${files} Dateien`,
  stop: "Import abbrechen",
  failed: (name, begun) => (begun ? `${name} wurde nicht bis zum Ende importiert.` : `${name} wurde nicht importiert.`),
  begun: "Was davor kam, bleibt; importieren Sie dieselbe Datei noch einmal, um fortzufahren.",
  tooLarge: {
    what: "Die Datei ist größer, als dieser Server annimmt.",
    todo: "Importieren Sie die Dateien darin einzeln, oder bitten Sie, wer den Server betreibt, limits.import_file zu erhöhen.",
  },
  taken: (name, conversations, turns) =>
    `Aus ${name}: ${many(conversations, "Unterhaltung", "Unterhaltungen")} mit ${many(turns, "Nachricht", "Nachrichten")} importiert.`,
  known: (count) => `${many(count, "Unterhaltung war", "Unterhaltungen waren")} schon hier und ${count === 1 ? "bleibt, wie sie ist" : "bleiben, wie sie sind"}.`,
  whole: "Nichts wurde ausgelassen.",
  none: (name) => `In ${name} sind keine Unterhaltungen.`,
  notTaken: "Nicht übernommen",
  reason: (count, sentence) => `${count}-mal: ${sentence}`,
  more: (count) => `und ${count} weitere`,
  leftOut: "Ausgelassen aus dem, was übernommen wurde",
  left: (count, what) => `${count}-mal ${what}`,
  reasons: {
    not_a_conversation: "Es ist keine Unterhaltung in der Form dieser Datei.",
    nothing_said: "Es enthält weder Prompt noch Antwort als Text.",
    no_id: "Es hat keine Kennung, an der ein zweiter Import es erkennen würde.",
    too_long: "Es ist länger, als dieser Server in einer Unterhaltung aufhebt.",
    longer_now: "Es ist schon hier, in der Datei aber länger; was hier ist, blieb, wie es war.",
    not_yours: "Es gehört jemand anderem; importiert wird nur das Eigene.",
    no_such_user: "Der Benutzer dazu ist nicht bekannt.",
    ambiguous_user: "Mehrere Benutzer haben die Kennung seines Benutzers.",
    broken_file: "Die Datei bricht hier ab oder ist ab hier kein JSON. Was davor stand, wurde übernommen.",
    broken_part: "Diese Datei des Archivs lässt sich nicht lesen.",
  },
  things: {
    "code that a tool ran": "Code, den ein Werkzeug ausführte",
    "outputs of code that a tool ran": "Ausgaben von Code, den ein Werkzeug ausführte",
    "web pages that a tool read": "Webseiten, die ein Werkzeug las",
    "quotations of files and web pages": "Zitate aus Dateien und Webseiten",
    "thoughts of a model": "Gedanken eines Modells",
    "custom instructions": "eigene Anweisungen",
    memories: "Erinnerungen",
    images: "Bilder",
    recordings: "Aufnahmen",
    "messages of tools": "Nachrichten von Werkzeugen",
    "messages that ChatGPT hides": "Nachrichten, die ChatGPT verbirgt",
    "prompts to tools": "Aufträge an Werkzeuge",
    "contents of other kinds": "Inhalte anderer Art",
  },

  export: "Alle Unterhaltungen exportieren",
  exportHelp: "Auch die archivierten. Markdown ist zum Lesen; die beiden anderen enthalten jeden Zweig, und JSON lässt sich ohne Verlust wieder importieren.",
  formats: { markdown: "Markdown-Text", json: "JSON-Datei", chatgpt: "Format von ChatGPT" },
};
