import { access } from "./de_access";
import { accounts } from "./de_accounts";
import { chat } from "./de_chat";
import { conversations } from "./de_conversations";
import { errors } from "./de_errors";
import { mistakes } from "./de_mistakes";
import { proof } from "./de_proof";
import { transfers } from "./de_transfers";
import { use } from "./de_use";
import { users } from "./de_users";
import type { Messages } from "./en";

export const de: Messages = {
  language: "de",
  direction: "ltr",
  product: "ChatGPT API server",
  pageTitle: (page) => `${page} · ChatGPT API server`,
  errors,
  mistakes,
  proof,
  unknownError: { what: "Etwas ist schiefgegangen.", todo: "Versuchen Sie es gleich noch einmal.", detail: true },
  serverSays: (sentence) => `Der Server sagt: ${sentence}`,
  retry: "Noch einmal",
  skipToContent: "Zum Inhalt",

  ui: {
    language: "de",
    copy: "Kopieren",
    copyId: "Kennung kopieren",
    copyOf: (label) => `Kopieren: ${label}`,
    copied: "Kopiert",
    copyFailed: "Kopieren fehlgeschlagen. Markieren Sie den Text und kopieren Sie ihn von Hand.",
    close: "Einzelheiten schließen",
    hideThis: "Dies verbergen",
    missing: {
      what: "Ein Teil der Anwendung konnte nicht geladen werden.",
      todo: "Vielleicht ist sie älter als der Server, oder die Verbindung brach ab. Laden Sie die Seite neu; Entwürfe sind noch da.",
      reload: "Neu laden",
    },
    retry: "Noch einmal",
    showAll: "Alle zeigen",
    noMatch: "Nichts passt dazu.",
    older: "Ältere zeigen",
    optional: "optional",
    show: (label) => `${label} zeigen`,
    hide: (label) => `${label} verbergen`,
    expiry: {
      label: "Läuft ab",
      never: "Nie",
      days: (days) => (days === 365 ? "In einem Jahr" : `In ${days} Tagen`),
      date: "Zu einer Zeit Ihrer Wahl",
      dateLabel: "Läuft ab am",
    },
  },

  navigation: {
    label: "Seiten",
    open: "Seiten zeigen",
    chat: "Chat",
    accounts: "Konten",
    users: "Benutzer",
    use: "Nutzung",
    settings: "Einstellungen",
  },

  signIn: {
    title: "Anmelden",
    intro: "Mit einem Schlüssel dieses Servers. Der Browser bekommt dafür ein Cookie und behält den Schlüssel nicht.",
    key: "Schlüssel",
    keyHelp: "Er sieht aus wie cas_ und 44 Buchstaben und Ziffern. Auch ein Einmal-Link kann hier eingefügt werden.",
    show: "Schlüssel zeigen",
    hide: "Schlüssel verbergen",
    submit: "Anmelden",
    working: "Wird angemeldet",
    missing: "Geben Sie einen Schlüssel ein.",
    noKey: "Kein Schlüssel?",
    noKeyAsk: "Fragen Sie, wer diesen Server betreibt.",
    noKeyHelp: "Sind Sie das selbst, gibt seine Konsole einen Link aus, der Sie anmeldet:",
    noKeyCommand: "python -m backend keys link --settings settings.yaml",
    linkUsed: "Dieser Link gilt nicht mehr. Er meldet einen Browser an, einmal.",
    linkUsedTodo: "Geben Sie einen Schlüssel ein, oder bitten Sie um einen neuen Link.",
    signedOut: "Sie wurden abgemeldet. Melden Sie sich wieder an; Entwürfe sind noch da.",
  },

  user: {
    menu: (name) => `Angemeldet als ${name}`,
    signOut: "Abmelden",
    signOutFailed: "Abmelden fehlgeschlagen",
    role: { ADMIN: "Admin", CLIENT: "Client", USER: "Benutzer" },
    plus: "Plus",
    version: (version) => `Version ${version}`,
  },

  conversations,

  chat,

  composer: {
    label: "Prompt",
    placeholder: "Prompt schreiben",
    followUp: "Weiter fragen",
    elsewhere: "Anderswo fortsetzen",
    unknownHere: "Kein Konto hier kennt diese Unterhaltung. Was Sie fragen, setzt sie in einer neuen fort, auf einem Konto dieses Servers, dem gesagt wird, was war.",
    othersOwn: "Diese Unterhaltung gehört jemand anderem: Sie können sie lesen, aber nicht fortsetzen.",
    send: "Senden",
    sending: "Wird gesendet",
    stop: "Antwort anhalten",
    hint: "Enter sendet, Umschalt+Enter beginnt eine neue Zeile",
    busy: "Warten Sie auf die Antwort, oder halten Sie sie an",
    notSent: "Ihr Text steht wieder im Feld.",
    plan: "Konten",
    plans: {
      ANY: { name: "Jedes Konto", help: "Welches zuerst frei ist" },
      FREE: { name: "Free", help: "Nur Konten ohne Plus" },
      PLUS: { name: "Plus", help: "Nur Konten mit Plus" },
      OWN: { name: "Eigenes Token", help: "Ein ChatGPT-Konto von Ihnen" },
    },
    plusNotIncluded: "Ihr Schlüssel umfasst diese nicht",
    own: {
      label: "Zugriffstoken",
      help: "Ihres eigenen ChatGPT-Kontos, das dann antwortet. Es bleibt im Speicher dieser Seite und wird nach dem Neuladen wieder verlangt.",
      plus: "Es ist ein Plus-Konto",
      missing: "Geben Sie zuerst das Zugriffstoken ein.",
      show: "Zugriffstoken zeigen",
      hide: "Zugriffstoken verbergen",
    },
    model: { label: "Modell", any: "Jedes Modell", anyHelp: "Das Konto wählt" },
  },

  rehearsal: {
    label: "Probe",
    scripted: "Antworten kommen aus einem Drehbuch.",
    noModel: "Kein Modell wird gefragt.",
    add: "Fügen Sie ein echtes Konto hinzu",
    after: "und es antwortet sofort.",
    hide: "Diesen Hinweis verbergen",
  },

  accounts,
  access,
  users,
  use,

  markdown: {
    copy: "Code kopieren",
    whole: (characters: number) => `Alle ${characters.toLocaleString("de")} Zeichen zeigen`,
    copied: "Kopiert",
    failed: "Kopieren fehlgeschlagen. Markieren Sie den Code und kopieren Sie ihn von Hand.",
    code: "Code",
    table: "Tabelle",
    image: "Bild",
    done: "Erledigt",
    open: "Offen",
  },

  notFound: {
    title: "Diese Seite gibt es nicht",
    text: "Vielleicht ist die Adresse vertippt, oder die Seite ist umgezogen.",
    action: "Zum Chat",
  },

  commands: {
    palette: "Befehle suchen",
    help: "Tastenkürzel zeigen",
    newChat: "Neuer Chat",
    prompt: "Zum Prompt",
    search: "Unterhaltungen durchsuchen",
    nextConversation: "Nächste Unterhaltung",
    previousConversation: "Vorige Unterhaltung",
    stop: "Antwort anhalten",
    copyReply: "Letzte Antwort kopieren",
    toggleSidebar: "Seitenleiste zeigen oder verbergen",
  },

  keyboard: {
    title: "Tastenkürzel",
    close: "Schließen",
    ctrl: "Strg",
    shift: "Umschalt",
    alt: "Alt",
    palette: "Befehle",
    search: "Seiten, Befehle und Unterhaltungen suchen",
    found: "Gefunden",
    none: "Nichts passt dazu.",
    commands: "Befehle",
  },

  otherKey: {
    title: (name) => `Als ${name} fortfahren?`,
    text: (name, now) => `Die Adresse brachte einen Schlüssel von ${name} mit. Sie sind als ${now} angemeldet und bleiben es, wenn Sie nicht wechseln.`,
    yes: (name) => `Als ${name} anmelden`,
    no: (now) => `Als ${now} bleiben`,
  },

  firstSteps: {
    title: "Erste Schritte",
    hide: "Erste Schritte verbergen",
    done: "(erledigt)",
    account: "Ein echtes Konto hinzufügen",
    accountText: "Bis dahin kommen Antworten aus einem Drehbuch.",
    accountAction: "Konto hinzufügen",
    client: "Einen Schlüssel für einen Client anlegen",
    clientText: "Ein Client ist ein Programm, das für eigene Benutzer chattet.",
    clientAction: "Schlüssel anlegen",
    snippet: "Mit einem Programm fragen",
    snippetAction: "Aufruf zeigen",
    snippetText: "Kopieren Sie einen Aufruf und setzen Sie einen Schlüssel ein, wo KEY steht.",
  },

  settings: {
    title: "Mein Zugang und Einstellungen",
    look: "Sprache und Aussehen",
    lookHelp: "Bleibt auf diesem Gerät.",
    language: "Sprache",
    languages: { system: "Wie der Browser", en: "English", de: "Deutsch" },
    theme: "Aussehen",
    themes: { system: "Wie das Gerät", light: "Hell", dark: "Dunkel" },
    singleKeys: "Kürzel aus einer einzigen Taste",
    singleKeysHelp: "Etwa ? für die Liste der Kürzel. Schalten Sie sie aus, wenn Sprachsteuerung oder Versehen sie auslösen.",
  },

  transfers,

  notAllowed: {
    title: "Diese Seite ist nicht für diesen Schlüssel",
    text: "Der Schlüssel, mit dem Sie angemeldet sind, reicht nicht so weit. Wer ihn Ihnen gab, kann sehen oder tun, was hier steht.",
  },

  unloaded: {
    title: "Diese Seite konnte nicht geladen werden",
    text: "Vielleicht ist sie älter als der Server, oder die Verbindung brach ab.",
    reload: "Neu laden",
  },

  unreachable: { title: "Der Server antwortet nicht", refused: "Der Server kann die App gerade nicht liefern", loading: "Wird geladen" },
};
