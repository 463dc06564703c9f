import { Component, createRef, type ReactNode } from "react";

/** Where a selection begins and where it ends, in characters of all that stands in the element. */
interface Place {
  anchor: number;
  focus: number;
}

interface KeptSelectionProps {
  className: string | undefined;
  growing: boolean;
  children: ReactNode;
}

/**
 * Keeps what the reader has selected in it while text is added: the browser drops a selection where the text below it is
 * set anew.  A class, since only these learn of the document just before it changes.
 */
export class KeptSelection extends Component<KeptSelectionProps> {
  readonly #element = createRef<HTMLDivElement>();

  override getSnapshotBeforeUpdate({ growing }: KeptSelectionProps): Place | null {
    return growing ? selectedIn(this.#element.current) : null;
  }

  override componentDidUpdate(_props: KeptSelectionProps, _state: unknown, place: Place | null): void {
    const element = this.#element.current;
    if (place === null || element === null) return;
    const now = selectedIn(element);
    if (now?.anchor === place.anchor && now.focus === place.focus) return;
    const [anchor, focus] = [pointAt(element, place.anchor, place.focus), pointAt(element, place.focus, place.anchor)];
    if (anchor !== null && focus !== null) document.getSelection()?.setBaseAndExtent(...anchor, ...focus);
  }

  override render(): ReactNode {
    const { className, growing, children } = this.props;
    return (
      <div ref={this.#element} className={className} data-growing={growing}>
        {children}
      </div>
    );
  }
}

function selectedIn(element: Element | null): Place | null {
  const { anchorNode, focusNode, anchorOffset, focusOffset, isCollapsed } = document.getSelection() ?? { isCollapsed: true };
  if (isCollapsed || element === null || !anchorNode || !focusNode) return null;
  if (!element.contains(anchorNode) || !element.contains(focusNode)) return null;
  return { anchor: charactersUpTo(element, anchorNode, anchorOffset), focus: charactersUpTo(element, focusNode, focusOffset) };
}

function charactersUpTo(element: Element, node: Node, offset = 0): number {
  const range = document.createRange();
  range.setStart(element, 0);
  range.setEnd(node, offset);
  return range.toString().length;
}

/** The end of a selection whose other end is at `other`.  Null where there are fewer characters. */
function pointAt(element: Element, characters: number, other: number): [Text, number] | null {
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let left = characters;
  for (let text = texts.nextNode(); text instanceof Text; text = texts.nextNode()) {
    // Between two texts it belongs to the one that is selected.
    if (left < text.length || (left === text.length && characters > other)) return [text, left];
    left -= text.length;
  }
  return null;
}
