import type { Role, TurnState } from "@/graphql/generated/graphql";

import { accounts } from "./en_accounts";

/** `what` is left out where the server's own sentence says more than we can. */
interface Explanation {
  what?: string;
  todo: string;
}

const tryAgain = "Try again in a moment.";
/** The server's sentence says it already. */
const said = "";

const errors: Record<string, Explanation> = {
  unreachable: { what: "The server did not answer.", todo: "Check the connection, then try again." },
  not_authenticated: { what: "This key is not known here, or it no longer works.", todo: "Check it, or ask for a new one." },
  not_allowed: { todo: "Ask whoever gave you the key." },
  not_found: { what: "This conversation is not there.", todo: "Pick another one, or start a new one." },
  invalid_input: { todo: said },
  already_exists: { todo: "Choose another one." },
  idempotency_conflict: { what: "This was already sent with other words.", todo: "Send it once more." },
  access_token_required: { todo: "This page cannot send it yet: start a new conversation." },
  access_token_not_expected: { todo: said },
  account_unavailable: { todo: "Continue elsewhere to go on in a new conversation, on another account." },
  no_account_available: { todo: "Wait a little and send it again." },
  queue_timeout: { todo: said },
  too_many_waiting: { todo: said },
  conversation_busy: { todo: said },
  upstream_failure: { todo: tryAgain },
  upstream_unreachable: { todo: said },
  proxy_unreachable: { todo: said },
  upstream_timeout: { todo: said },
  upstream_rate_limited: { todo: said },
  upstream_unauthorized: { todo: said },
  upstream_forbidden: { todo: said },
  human_check_required: { todo: said },
  upstream_conversation_lost: { todo: "Continue elsewhere to go on in a new conversation, on another account." },
  prompt_too_long: { todo: "Shorten the prompt and send it again." },
  upstream_broken: { todo: said },
  upstream_refused: { todo: "If it stays, ask whoever runs this server to check the account's model." },
  upstream_bad_answer: { todo: tryAgain },
  reply_cut_off: { todo: said },
  reply_interrupted: { todo: "Ask again to get the rest." },
  sign_in_failed: { todo: said },
  wrong_password: { todo: said },
  sign_in_human_check: { todo: said },
  account_locked: { todo: said },
  sign_in_blocked: { todo: said },
  sign_in_page_changed: { todo: said },
  document_refused: { todo: "Reload the page: it may be older than the server." },
  body_too_large: { what: "This is more text than the server takes at once.", todo: "Shorten it and send it again." },
  too_slow: { what: "The connection was too slow to send this.", todo: tryAgain },
  shutting_down: { todo: said },
  internal_error: { todo: "Nothing you did caused this. If it stays, tell whoever runs this server." },
};

const many = (count: number, one: string, other: string) => `${count} ${count === 1 ? one : other}`;

export const en = {
  language: "en",
  product: "ChatGPT API server",
  pageTitle: (page: string) => `${page} · ChatGPT API server`,
  errors,
  unknownError: { what: "Something went wrong.", todo: tryAgain } as Explanation,
  retry: "Try again",
  close: "Close",
  skipToContent: "Skip to content",

  signIn: {
    title: "Sign in",
    intro: "Use a key of this server. The browser gets a cookie for it and does not keep the key.",
    key: "Key",
    keyHelp: "It looks like cas_ and 44 letters and digits.",
    show: "Show key",
    hide: "Hide key",
    submit: "Sign in",
    working: "Signing in",
    missing: "Enter a key.",
    noKey: "No key?",
    noKeyHelp: "Whoever runs this server makes one with:",
    noKeyCommand: "python -m backend keys issue --settings settings.yaml --role user --name NAME",
    linkUsed: "This link does not work any more. It signs in one browser, once.",
    linkUsedTodo: "Enter a key instead.",
    signedOut: "You were signed out. Sign in again to go on; drafts are kept.",
  },

  user: {
    menu: (name: string) => `Signed in as ${name}`,
    accounts: "Accounts",
    signOut: "Sign out",
    signOutFailed: "Signing out failed",
    role: { ADMIN: "Admin", CLIENT: "Client", USER: "User" } satisfies Record<Role, string>,
    plus: "Plus",
    version: (version: string) => `Version ${version}`,
  },

  conversations: {
    heading: "Conversations",
    open: "Show conversations",
    begin: "New chat",
    empty: "No conversations yet",
    emptyHelp: "What you ask appears here, newest first. Write your first prompt to begin.",
    failed: "The conversations could not be loaded.",
    older: "Show older",
    loading: "Loading conversations",
    remove: (title: string) => `Remove “${title}”`,
    removeTitle: "Remove this conversation?",
    removeText: (title: string) => `“${title}” leaves the list and can no longer be opened.`,
    removeYes: "Remove",
    removeNo: "Keep",
    removing: "Removing",
    writing: "Reply being written",
    days: { language: "en", today: "Today", yesterday: "Yesterday" },
    untitled: "Conversation",
  },

  chat: {
    newTitle: "New chat",
    emptyTitle: "What would you like to know?",
    emptyText: "Write a prompt below. The reply appears as it is written and stays in the list of conversations.",
    starters: [
      "Explain how a hash table works, with a small example in Python.",
      "Turn these notes into a list of tasks with owners and dates:",
      "What should I check before I put a server on the internet?",
    ],
    rehearsalStarters: [
      "What can I do here?",
      "How do I add a real account?",
      "/rehearse help",
    ],
    starterLabel: "Examples",
    transcript: "Transcript",
    youAsked: "Your prompt",
    reply: "Reply",
    earlier: "Show earlier turns",
    earlierFailed: "Earlier turns could not be loaded. Try again",
    loading: "Loading the conversation",
    toEnd: "Go to the end",
    notFoundTitle: "This conversation is not there",
    notFoundText: "It was removed, or it belongs to someone else.",
    failedTitle: "The conversation could not be loaded",
    begin: "Start a new chat",
    leftOut: (count: number) =>
      `${many(count, "earlier message", "earlier messages")} did not fit and ${count === 1 ? "was" : "were"} not sent.`,
    noReply: "No reply came.",
    useAgain: "Use this prompt again",
    elsewhere: "Continue elsewhere",
    lineage: "Where this conversation comes from and goes on",
    continues: "Continues",
    continuedIn: "Continued in",
    why: {
      ask: "Why this account?",
      loading: "Looking it up",
      nothing: "Nothing is kept about this choice.",
      failed: "It could not be looked up.",
      pinned: "Pinned: the conversation’s own account.",
      chosen: "Chosen among the accounts that the key includes.",
      counts: "Accounts at that moment",
      ready: (count: number) => `${count} ready`,
      busy: (count: number) => `${count} busy`,
      resting: (count: number) => `${count} resting`,
      out: (count: number) => `${count} out of use`,
      number: (count: number) => `Prompt ${count} of the pool`,
      account: "Account",
      leftOut: "Left out",
    },
    view: {
      label: (name: string) => `Replies shown as ${name.toLowerCase()}`,
      views: {
        rich: { name: "Rich text", help: "Tables, code and formulas drawn" },
        plain: { name: "Plain text", help: "The text as it came" },
        json: { name: "JSON", help: "All that the server tells of a turn" },
      },
    },
    copy: "Copy reply",
    copied: "Copied",
    copyFailed: "Copying failed",
    took: (time: string) => `Took ${time}`,
    seconds: (value: string) => `${value} s`,
    minutes: (minutes: number, seconds: number) => `${minutes} min ${seconds} s`,
    state: {
      WAITING: "Waiting",
      WRITING: "Writing",
      FINISHED: "Finished",
      STOPPED: "Stopped",
      FAILED: "Failed",
    } satisfies Record<TurnState, string>,
    sending: "Sending",
    place: (place: number) => (place <= 1 ? "Waiting for an account, next in line" : `Waiting for an account, place ${place}`),
    lost: "Connection lost, trying again",
    stoppedText: "You stopped this reply.",
    announce: {
      waiting: (place: number) => `Waiting for an account, place ${place}.`,
      writing: "The reply is being written.",
      finished: "The reply is complete.",
      stopped: "The reply was stopped.",
      failed: "The reply failed.",
    },
  },

  composer: {
    label: "Prompt",
    placeholder: "Write a prompt",
    followUp: "Ask a follow-up",
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
    },
    plusNotIncluded: "Your key does not include these",
    accessToken: "The access token was taken out of the address. This page cannot use it yet: prompts go to the server's own accounts.",
  },

  rehearsal: {
    label: "Rehearsal",
    text: "Replies are scripted; no model is asked. Add a real account under",
    accounts: "accounts",
    inFile: "in",
    file: "settings.yaml",
    after: "and it answers within seconds.",
    hide: "Hide this note",
  },

  accounts,

  markdown: {
    copy: "Copy code",
    copied: "Copied",
    failed: "Copying failed",
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

  later: {
    title: "This page comes later",
    accessToken: "Getting an access token in the browser is not built yet. The HTTP interface can do it already.",
    addUser: "Issuing keys in the browser is not built yet. On the server, this makes one:",
  },

  unreachable: { title: "The server does not answer", loading: "Loading" },
};

export type Messages = typeof en;
