const many = (count: number, one: string, other: string) => `${count} ${count === 1 ? one : other}`;

const of = (file: number, files: number) => (files === 1 ? "" : `, file ${file} of ${files}`);

/** Conversations in and out, on the settings page. */
export const transfers = {
  title: "Import and export",
  import: "Import conversations",
  importHelp:
    "ChatGPT’s export (the ZIP as it was downloaded, or every conversations….json of it), an export of this server, or the old server’s conversations.json. What is here already stays as it is.",
  choose: "Choose files",
  drop: "or drop them here",
  step: {
    sending: (name: string, file: number, files: number) => `Sending ${name}${of(file, files)}`,
    taking: (name: string, file: number, files: number) => `Importing ${name}${of(file, files)}`,
  },
  files: (files: number) => `${files} files`,
  stop: "Stop the import",
  failed: (name: string, begun: boolean) => (begun ? `${name} was not imported to its end.` : `${name} was not imported.`),
  begun: "What came in before it stays; import the same file again to go on.",
  tooLarge: {
    what: "The file is larger than this server takes.",
    todo: "Import the files in it one by one, or ask whoever runs the server to raise limits.import_file.",
  },
  taken: (name: string, conversations: number, turns: number) =>
    `From ${name}: ${many(conversations, "conversation", "conversations")} with ${many(turns, "turn", "turns")} imported.`,
  known: (count: number) => `${many(count, "conversation was", "conversations were")} here already and ${count === 1 ? "stays as it is" : "stay as they are"}.`,
  whole: "Nothing was left out.",
  none: (name: string) => `There are no conversations in ${name}.`,
  notTaken: "Not taken",
  reason: (count: number, sentence: string) => `${count}: ${sentence}`,
  more: (count: number) => `and ${count} more`,
  leftOut: "Left out of what was taken",
  left: (count: number, what: string) => `${count}: ${what}`,
  /** Where the server's own words will not do. */
  reasons: {} as Record<string, string>,
  things: {} as Record<string, string>,

  export: "Export all conversations",
  exportHelp: "Archived ones with them. Markdown is for reading; the other two hold every branch, and JSON is imported again without a loss.",
  formats: { markdown: "Markdown", json: "JSON", chatgpt: "ChatGPT’s format" },
};
