import type { SearchField } from "@/graphql/generated/graphql";

/** The sidebar: the conversations, what can be done with each, and the search in them. */
export const conversations = {
  heading: "Conversations",
  open: "Show conversations",
  hide: "Hide conversations",
  begin: "New chat",
  failed: "The conversations could not be loaded.",
  loading: "Loading conversations",
  writing: "Reply being written",
  days: { language: "en", today: "Today", yesterday: "Yesterday", pinned: "Pinned" },
  untitled: "Conversation",

  views: {
    label: (name: string) => `Shown: ${name}`,
    all: "All",
    archived: "Archived",
    removed: "Removed",
    tag: (tag: string) => `Tag ${tag}`,
    tags: "Tags",
    back: "Show all",
    count: (conversations: number) => `${conversations} ${conversations === 1 ? "conversation" : "conversations"}`,
  },
  empty: {
    all: { title: "No conversations yet", help: "What you ask appears here, newest first. Write your first prompt to begin." },
    archived: { title: "Nothing is archived", help: "Archive a conversation by its menu: it leaves the list, is still found by search, and stays as it is." },
    removed: { title: "Nothing was removed", help: "A removed conversation stands here as long as it can be restored." },
    tag: { title: "No conversation has this tag", help: "Tags are given by a conversation’s menu." },
  },

  menu: (title: string) => `What to do with “${title}”`,
  pin: "Pin",
  unpin: "Unpin",
  rename: "Rename",
  newTitle: (title: string) => `New title of “${title}”`,
  archive: "Archive",
  unarchive: "Take out of the archive",
  tags: "Tags",
  export: "Export as",
  formats: { markdown: "Markdown", json: "JSON", chatgpt: "ChatGPT’s format" },
  remove: "Remove",
  removed: (title: string) => `Removed: “${title}”`,
  archived: (title: string) => `Archived: “${title}”`,
  undo: "Undo",
  restore: "Restore",
  restoreOne: (title: string) => `Restore “${title}”`,
  notChanged: "Nothing was changed.",
  notRemoved: "It was not removed.",

  tagging: {
    title: (title: string) => `Tags of “${title}”`,
    close: "Close",
    field: "New tag",
    help: "Up to 50 characters, at most 20 tags. Enter adds it.",
    add: "Add",
    none: "No tags yet.",
    takeOff: (tag: string) => `Take off ${tag}`,
    full: "These are 20 tags, the most that a conversation can have.",
  },

  search: {
    label: "Search titles and texts",
    results: "Found",
    loading: "Searching",
    count: (hits: number, conversations: number, more: boolean) =>
      `${hits} found in ${conversations} ${conversations === 1 ? "conversation" : "conversations"}${more ? ", and more" : ""}`,
    none: (text: string) => `Nothing has all of “${text}”.`,
    noneHelp: "Try fewer words, or the beginning of one. A reply is found a moment after its end.",
    failed: "The search failed.",
    clear: "Clear the search",
    in: { TITLE: "Title", PROMPT: "Prompt", REPLY: "Reply" } satisfies Record<SearchField, string>,
  },
};
