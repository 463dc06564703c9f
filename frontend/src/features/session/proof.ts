/** What signs a browser in. */
export type Proof = { key: string } | { link: string };

const LINK = /[#&?]link=([^\s&#"'<>]+)/;
const KEY = /cas_[0-9A-Za-z]{44}/;
const AROUND = /^(?:bearer\s+)?["'`<“„]*|["'`>”“.,;]*$/gi;

/**
 * What was pasted, as it was meant: a key from an e-mail that broke its line, in quotes, with words around it or from
 * a header, or a whole one-time link.  Null where nothing was.  Keys of an older server have any form.
 */
export function proofIn(pasted: string): Proof | null {
  const link = LINK.exec(pasted)?.[1];
  if (link !== undefined) return { link };
  const key = KEY.exec(pasted.replace(/\s/g, ""))?.[0] ?? pasted.trim().replace(AROUND, "").trim();
  return key === "" ? null : { key };
}
