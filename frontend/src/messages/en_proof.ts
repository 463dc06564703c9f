import type { ProblemCode } from "@/graphql/generated/graphql";

const turns = (count: number) => (count === 1 ? "1 reply" : `${count} replies`);

export const proof = {
  ask: "Receipt, and is the record whole?",
  loading: "Verifying the record",
  failed: "The record could not be verified now. Close this and open it again in a moment.",
  whole: (count: number) => `The record of this conversation is whole: ${turns(count)} proven just now.`,
  partly: (count: number) => `Nothing is wrong with the record of this conversation: ${turns(count)} proven just now.`,
  unsigned: (count: number) => `${turns(count)} from before there were receipts cannot be proven.`,
  unfinished: (count: number) => `${turns(count)} not ended yet.`,
  lastOnes: (count: number) => `The last ${count} were looked at.`,
  wrong: "The record of this conversation is not as it was written.",
  todo: (command: string) => `Do not rely on it, and tell whoever runs this server: ${command} names all that is wrong.`,
  at: (problem: string, position: number | null) => (position === null ? problem : `Prompt ${position}: ${problem}`),
  problems: {
    MISSING_TURN: "A turn, or several in a row, are not there any more.",
    WRONG_ORDER: "The turn stood elsewhere in the order.",
    EDITED_PROMPT: "The prompt is not what was asked.",
    EDITED_REPLY: "The reply is not what was answered.",
    EDITED: "Something else of the turn was changed.",
    WRONG_OWNER: "It belonged to another user.",
    WRONG_CONVERSATION: "It belonged to another conversation.",
    BAD_SIGNATURE: "The receipt was edited or made up.",
    UNKNOWN_KEY: "The receipt is signed by a key that this server does not have.",
    NO_RECEIPT: "The turn has no receipt, and should have one.",
    BROKEN_CHAIN: "The turn does not follow on the one before it.",
    WRONG_HEAD: "What says which turn is the last is missing, older or made up.",
  } satisfies Record<ProblemCode, string> as Record<ProblemCode, string>,
  none: "This reply has no receipt yet.",
  receipt: "Receipt of this reply",
  copying: { copy: "Copy the receipt", copied: "Copied", failed: "Copying failed. Select the receipt and copy it by hand, or download it." },
  download: "Download the receipt",
};
