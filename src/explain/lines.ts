/** A line of a text, and where it is in it. */
export interface Line {
  /** The offset of its first letter. */
  from: number;
  /** The offset of its line feed, or the length of the text. */
  to: number;
  /** At most `LONGEST` letters of it. */
  text: string;
}

/** No line of any form that is read is longer where it has to be understood; the bodies of answers are. */
const LONGEST = 8_000;

/** The lines of a text. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let from = 0;
  for (;;) {
    const end = text.indexOf('\n', from);
    const to = end < 0 ? text.length : end;
    lines.push({ from, to, text: text.slice(from, Math.min(to, from + LONGEST)) });
    if (end < 0) return lines;
    from = end + 1;
  }
}

export function isBlank({ text }: Line): boolean {
  return text.trim() === '';
}
