import type { CommandName } from "@/browser/commands";
import type { Role } from "@/graphql/generated/graphql";

import { access } from "./en_access";
import { accounts } from "./en_accounts";
import { chat } from "./en_chat";
import { conversations } from "./en_conversations";
import { type Explanation, errors } from "./en_errors";
import { mistakes } from "./en_mistakes";
import { proof } from "./en_proof";
import { transfers } from "./en_transfers";
import { use } from "./en_use";
import { users } from "./en_users";

export const en = {
  language: "en",
  direction: "ltr",
  product: "ChatGPT API server",
  pageTitle: (page: string) => `${page} · ChatGPT API server`,
  errors,
  mistakes,
  proof,
  unknownError: { what: "Something went wrong.", todo: "Try again in a moment." } as Explanation,
  serverSays: (sentence: string) => `The server says: ${sentence}`,
  retry: "Try again",
  skipToContent: "Skip to content",

  /** What parts of `ui` say on every page. */
  ui: {
    language: "en",
    copy: "Copy",
    copyId: "Copy id",
    copyOf: (label: string) => `Copy: ${label}`,
    copied: "Copied",
    copyFailed: "Copying failed. Select the text and copy it by hand.",
    close: "Close the details",
    hideThis: "Hide this",
    missing: {
      what: "A part of the app could not be loaded.",
      todo: "It may be older than the server, or the connection broke. Reload the page; drafts are still there.",
      reload: "Reload",
    },
    retry: "Try again",
    showAll: "Show all",
    noMatch: "Nothing matches.",
    older: "Show older",
    optional: "optional",
    show: (label: string) => `Show ${label}`,
    hide: (label: string) => `Hide ${label}`,
    expiry: {
      label: "Expires",
      never: "Never",
      days: (days: number) => (days === 365 ? "In a year" : `In ${days} days`),
      date: "At a time of your choice",
      dateLabel: "Expires at",
    },
  },

  navigation: {
    label: "Pages",
    open: "Show pages",
    chat: "Chat",
    accounts: "Accounts",
    users: "Users",
    use: "Use",
    settings: "Settings",
  },

  signIn: {
    title: "Sign in",
    intro: "Use a key of this server. The browser gets a cookie for it and does not keep the key.",
    key: "Key",
    keyHelp: "It looks like cas_ and 44 letters and digits. A one-time link can be pasted here, too.",
    show: "Show key",
    hide: "Hide key",
    submit: "Sign in",
    working: "Signing in",
    missing: "Enter a key.",
    noKey: "No key?",
    noKeyAsk: "Ask whoever runs this server.",
    noKeyHelp: "If that is you, print a link that signs you in at its console:",
    noKeyCommand: "python -m backend keys link --settings settings.yaml",
    linkUsed: "This link does not work any more. It signs in one browser, once.",
    linkUsedTodo: "Enter a key, or ask for a new link.",
    signedOut: "You were signed out. Sign in again to go on; drafts are kept.",
  },

  user: {
    menu: (name: string) => `Signed in as ${name}`,
    signOut: "Sign out",
    signOutFailed: "Signing out failed",
    role: { ADMIN: "Admin", CLIENT: "Client", USER: "User" } satisfies Record<Role, string>,
    plus: "Plus",
    version: (version: string) => `Version ${version}`,
  },

  conversations,

  chat,

  composer: {
    label: "Prompt",
    placeholder: "Write a prompt",
    followUp: "Ask a follow-up",
    elsewhere: "Continue elsewhere",
    unknownHere: "No account here knows this conversation. What you ask continues it in a new one, on an account of this server that is told what was said.",
    othersOwn: "This conversation is another user's: you can read it, and only they can go on with it.",
    send: "Send",
    sending: "Sending",
    stop: "Stop the reply",
    hint: "Enter sends, Shift+Enter starts a new line",
    busy: "Wait for the reply, or stop it",
    notSent: "Your text is back in the field.",
    plan: "Accounts",
    plans: {
      ANY: { name: "Any account", help: "Whichever is free first" },
      FREE: { name: "Free", help: "Accounts without Plus only" },
      PLUS: { name: "Plus", help: "Accounts with Plus only" },
      OWN: { name: "My own token", help: "A ChatGPT account of your own" },
    },
    plusNotIncluded: "Your key does not include these",
    own: {
      label: "Access token",
      help: "Of your own ChatGPT account, which then answers. It stays in this page's memory and is asked for again after a reload.",
      plus: "It is a Plus account",
      missing: "Enter the access token first.",
      show: "Show the access token",
      hide: "Hide the access token",
    },
    model: { label: "Model", any: "Any model", anyHelp: "The account chooses" },
  },

  rehearsal: {
    label: "Rehearsal",
    scripted: "Replies are scripted.",
    noModel: "No model is asked.",
    add: "Add a real account",
    after: "and it answers at once.",
    hide: "Hide this note",
  },

  accounts,
  access,
  users,
  use,

  markdown: {
    copy: "Copy code",
    copied: "Copied",
    failed: "Copying failed. Select the code and copy it by hand.",
    code: "Code",
    table: "Table",
    image: "Image",
    done: "Done",
    open: "Not done",
    whole: (characters: number) => `Show all ${characters.toLocaleString("en")} characters`,
  },

  notFound: {
    title: "There is no such page",
    text: "The address may be mistyped, or the page has moved.",
    action: "Go to the chat",
  },

  commands: {
    palette: "Open the command palette",
    help: "Show the keyboard shortcuts",
    newChat: "New chat",
    prompt: "Go to the prompt",
    search: "Search the conversations",
    nextConversation: "Next conversation",
    previousConversation: "Previous conversation",
    stop: "Stop the reply",
    copyReply: "Copy the last reply",
    toggleSidebar: "Show or hide the sidebar",
  } satisfies Record<CommandName, string>,

  keyboard: {
    title: "Keyboard shortcuts",
    close: "Close",
    ctrl: "Ctrl",
    shift: "Shift",
    alt: "Alt",
    palette: "Command palette",
    search: "Search pages, commands and conversations",
    found: "Found",
    none: "Nothing matches.",
    commands: "Commands",
  },

  otherKey: {
    title: (name: string) => `Go on as ${name}?`,
    text: (name: string, now: string) => `The address brought a key of ${name}. You are signed in as ${now}, and stay so unless you change.`,
    yes: (name: string) => `Sign in as ${name}`,
    no: (now: string) => `Stay ${now}`,
  },

  firstSteps: {
    title: "First steps",
    hide: "Hide the first steps",
    done: "(done)",
    account: "Add a real account",
    accountText: "Until then replies come from a script.",
    accountAction: "Add an account",
    client: "Make a key for a client",
    clientText: "A client is a program that chats for users of its own.",
    clientAction: "Make a key",
    snippet: "Ask by a program",
    snippetAction: "Show a call",
    snippetText: "Copy a call, and put a key where KEY stands.",
  },

  settings: {
    title: "My access and settings",
    look: "Language and theme",
    lookHelp: "Kept on this device.",
    language: "Language",
    languages: { system: "As the browser", en: "English", de: "Deutsch" },
    theme: "Theme",
    themes: { system: "As the device", light: "Light", dark: "Dark" },
    singleKeys: "Shortcuts of a single key",
    singleKeysHelp: "Such as ? for the list of shortcuts. Turn them off if voice control or slips set them off.",
  },

  transfers,

  notAllowed: {
    title: "This page is not for this key",
    text: "The key that signed you in does not reach so far. Whoever gave it to you can see or do what stands here.",
  },

  unloaded: {
    title: "This page could not be loaded",
    text: "It may be older than the server, or the connection broke.",
    reload: "Reload",
  },

  unreachable: { title: "The server does not answer", refused: "The server cannot serve the app just now", loading: "Loading" },
};

export type Messages = typeof en;
