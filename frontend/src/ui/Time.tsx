/** A moment in relative words, the exact one on hover and for machines. */
export function Time({ at, shown, exact }: { at: string; shown: string; exact: string }) {
  return (
    <time dateTime={at} title={exact}>
      {shown}
    </time>
  );
}
