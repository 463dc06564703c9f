import type { Messages } from "./en";

/** Die Seitenleiste. */
export const conversations: Messages["conversations"] = {
  heading: "Unterhaltungen",
  open: "Unterhaltungen zeigen",
  hide: "Unterhaltungen ausblenden",
  begin: "Neuer Chat",
  failed: "Die Unterhaltungen konnten nicht geladen werden.",
  loading: "Unterhaltungen werden geladen",
  writing: "Antwort wird geschrieben",
  days: { language: "de", today: "Heute", yesterday: "Gestern", pinned: "Angeheftet" },
  untitled: "Unterhaltung",

  views: {
    label: (name) => `Gezeigt: ${name}`,
    all: "Alle",
    archived: "Archiviert",
    removed: "Entfernt",
    tag: (tag) => `Schlagwort ${tag}`,
    tags: "Schlagwörter",
    back: "Alle zeigen",
    count: (conversations) => `${conversations} ${conversations === 1 ? "Unterhaltung" : "Unterhaltungen"}`,
  },
  empty: {
    all: { title: "Noch keine Unterhaltungen", help: "Was Sie fragen, steht dann hier, das Neueste zuerst. Schreiben Sie den ersten Prompt." },
    archived: { title: "Nichts ist archiviert", help: "Archiviert wird über das Menü einer Unterhaltung: Sie verlässt die Liste, wird von der Suche weiter gefunden und bleibt, wie sie ist." },
    removed: { title: "Nichts wurde entfernt", help: "Eine entfernte Unterhaltung steht hier, solange sie sich zurückholen lässt." },
    tag: { title: "Keine Unterhaltung hat dieses Schlagwort", help: "Schlagwörter vergibt man über das Menü einer Unterhaltung." },
  },

  menu: (title) => `Was mit „${title}“ geschehen soll`,
  pin: "Anheften",
  unpin: "Ablösen",
  rename: "Umbenennen",
  newTitle: (title) => `Neuer Titel von „${title}“`,
  archive: "Archivieren",
  unarchive: "Aus dem Archiv holen",
  tags: "Schlagwörter",
  export: "Exportieren als",
  formats: { markdown: "Markdown-Text", json: "JSON-Datei", chatgpt: "Format von ChatGPT" },
  remove: "Entfernen",
  removed: (title) => `Entfernt: „${title}“`,
  archived: (title) => `Archiviert: „${title}“`,
  undo: "Rückgängig",
  restore: "Zurückholen",
  restoreOne: (title) => `„${title}“ zurückholen`,
  notChanged: "Nichts wurde geändert.",
  notRemoved: "Sie wurde nicht entfernt.",

  tagging: {
    title: (title) => `Schlagwörter von „${title}“`,
    close: "Schließen",
    field: "Neues Schlagwort",
    help: "Bis zu 50 Zeichen, höchstens 20 Schlagwörter. Enter fügt es hinzu.",
    add: "Hinzufügen",
    none: "Noch keine Schlagwörter.",
    takeOff: (tag) => `${tag} abnehmen`,
    full: "Das sind 20 Schlagwörter, mehr kann eine Unterhaltung nicht haben.",
  },

  search: {
    label: "Titel und Texte durchsuchen",
    results: "Gefunden",
    loading: "Wird gesucht",
    count: (hits, conversations, more) =>
      `${hits} gefunden in ${conversations} ${conversations === 1 ? "Unterhaltung" : "Unterhaltungen"}${more ? ", und mehr" : ""}`,
    none: (text) => `Nichts enthält alles von „${text}“.`,
    noneHelp: "Versuchen Sie weniger Wörter oder den Anfang von einem. Eine Antwort wird kurz nach ihrem Ende gefunden.",
    failed: "Die Suche ist fehlgeschlagen.",
    clear: "Suche leeren",
    in: { TITLE: "Titel", PROMPT: "Prompt", REPLY: "Antwort" },
  },
};
