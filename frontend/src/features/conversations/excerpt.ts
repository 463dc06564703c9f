interface Mark {
  start: number;
  end: number;
}

export interface Piece {
  text: string;
  marked: boolean;
}

/** An excerpt cut at its marks, whose places count characters (code points). */
export function piecesOf(excerpt: string, marks: readonly Mark[]): Piece[] {
  const characters = Array.from(excerpt);
  const pieces: Piece[] = [];
  let at = 0;
  const add = (end: number, marked: boolean) => {
    if (end > at) pieces.push({ text: characters.slice(at, end).join(""), marked });
    at = Math.max(at, end);
  };
  for (const { start, end } of marks) {
    add(Math.min(start, characters.length), false);
    add(Math.min(end, characters.length), true);
  }
  add(characters.length, false);
  return pieces;
}
