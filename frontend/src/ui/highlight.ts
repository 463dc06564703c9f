import { common, createLowlight } from "lowlight";

type Tokens = ReturnType<ReturnType<typeof createLowlight>["highlight"]>["children"];
export type Token = Tokens[number];

const lowlight = createLowlight(common);

/** The code cut into tokens with class names; null where the language is not known. */
export function highlight(code: string, language: string): Tokens | null {
  return lowlight.registered(language) ? lowlight.highlight(language, code).children : null;
}
