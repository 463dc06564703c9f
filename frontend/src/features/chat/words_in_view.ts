import type { Sought } from "./use_turn_in_view";

/** As `::highlight()` in the style sheet has it. */
const NAME = "sought";
/** Marks in one turn. */
const MOST = 200;

/** Marks the words where they stand in the prompt or the reply of a turn, and brings the first into view. */
export function wordsIntoView(turn: HTMLElement, { in: part, words }: Pick<Sought, "in" | "words">): void {
  const parts = [...turn.children];
  const within = part === "REPLY" ? parts.at(-1) : parts[0];
  const found = within === undefined ? [] : placesOf(within, words);
  if (typeof Highlight !== "undefined") CSS.highlights.set(NAME, new Highlight(...found));
  const [first] = found;
  const view = turn.closest("#transcript");
  if (first === undefined || view === null) return;
  const place = first.getBoundingClientRect();
  const { top, height } = view.getBoundingClientRect();
  // A word that is in view already moves nothing.
  if (place.top < top || place.bottom > top + height) view.scrollTop += place.top - top - height / 3;
}

export function unmarkWords(): void {
  if (typeof Highlight !== "undefined") CSS.highlights.delete(NAME);
}

function placesOf(element: Element, words: readonly string[]): Range[] {
  const found: Range[] = [];
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text !== null && found.length < MOST; text = texts.nextNode()) {
    // Its heading, which is only heard, and the names of buttons were not said in it.
    if (element.firstElementChild?.contains(text) === true || text.parentElement?.closest("button")) continue;
    const said = text.nodeValue ?? "";
    for (const word of words) {
      for (let at = said.indexOf(word); at !== -1; at = said.indexOf(word, at + word.length)) {
        const range = document.createRange();
        range.setStart(text, at);
        range.setEnd(text, at + word.length);
        found.push(range);
      }
    }
  }
  return found;
}
