import type { proof as english } from "./en_proof";

const turns = (count: number) => (count === 1 ? "1 Antwort" : `${count} Antworten`);

export const proof: typeof english = {
  ask: "Quittung, und ist die Aufzeichnung unversehrt?",
  loading: "Die Aufzeichnung wird geprüft",
  failed: "Die Aufzeichnung ließ sich jetzt nicht prüfen. Schließen Sie dies, und öffnen Sie es gleich noch einmal.",
  whole: (count) => `Die Aufzeichnung dieser Unterhaltung ist unversehrt: ${turns(count)} gerade eben bewiesen.`,
  partly: (count) => `An der Aufzeichnung dieser Unterhaltung ist nichts falsch: ${turns(count)} gerade eben bewiesen.`,
  unsigned: (count) => `${turns(count)} aus der Zeit vor den Quittungen sind nicht zu beweisen.`,
  unfinished: (count) => `${turns(count)} noch nicht zu Ende.`,
  lastOnes: (count) => `Angesehen wurden die letzten ${count}.`,
  wrong: "Die Aufzeichnung dieser Unterhaltung ist nicht so, wie sie geschrieben wurde.",
  todo: (command) => `Verlassen Sie sich nicht auf sie, und sagen Sie es dem, der diesen Server betreibt: ${command} nennt alles, was falsch ist.`,
  at: (problem, position) => (position === null ? problem : `Prompt ${position}: ${problem}`),
  problems: {
    MISSING_TURN: "Ein Prompt mit seiner Antwort oder mehrere fehlen.",
    WRONG_ORDER: "Er stand anderswo in der Reihenfolge.",
    EDITED_PROMPT: "Der Prompt ist nicht der, der gestellt wurde.",
    EDITED_REPLY: "Die Antwort ist nicht die, die gegeben wurde.",
    EDITED: "Etwas anderes daran wurde geändert.",
    WRONG_OWNER: "Er gehörte einem anderen Benutzer.",
    WRONG_CONVERSATION: "Er gehörte zu einer anderen Unterhaltung.",
    BAD_SIGNATURE: "Die Quittung wurde verändert oder erfunden.",
    UNKNOWN_KEY: "Die Quittung ist mit einem Schlüssel unterschrieben, den dieser Server nicht hat.",
    NO_RECEIPT: "Eine Quittung fehlt.",
    BROKEN_CHAIN: "Er schließt nicht an den vorigen an.",
    WRONG_HEAD: "Was sagt, welcher der letzte ist, fehlt, ist älter oder erfunden.",
  },
  none: "Diese Antwort hat noch keine Quittung.",
  receipt: "Quittung dieser Antwort",
  copying: { copy: "Quittung kopieren", copied: "Kopiert", failed: "Kopieren fehlgeschlagen. Markieren Sie die Quittung und kopieren Sie sie von Hand, oder laden Sie sie herunter." },
  download: "Quittung herunterladen",
};
