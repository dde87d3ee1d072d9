import { isBlank, type Line } from './lines.js';

/** Lines that belong together: an error with its stack, its causes and what is printed of its members. */
export interface Trace {
  /** Indices of its first line, and of the line behind its last one. */
  first: number;
  next: number;
}

/** A line that goes on with what is before it. */
const CONTINUES =
  /^(?:\s+\S|[}\])]|caused by\b|suppressed:|during handling of|the above exception|traceback \(most|\[cause\]|-{3,} ?>|--- end of|\.{3} \d{1,6} |goroutine \d|exit status|\+ )/i;
/** One that does so also behind a blank line. */
const CONNECTS = /^(?:during handling of|the above exception|caused by\b|suppressed:)/i;
/** What Python prints ends with the first line that is not indented. */
const TRACEBACK = /^\s*traceback \(most/i;

/** The traces of a text, each at least one line; blank lines are between them. */
export function tracesOf(lines: readonly Line[]): Trace[] {
  const traces: Trace[] = [];
  let isOpen = false;
  let expects = false;
  let joins = false;
  for (const [index, line] of lines.entries()) {
    if (isBlank(line)) {
      isOpen = isOpen && (joins || CONNECTS.test(nextText(lines, index)));
      continue;
    }
    const last = traces.at(-1);
    const isEnd: boolean = expects && !/^\s/.test(line.text);
    if (last && isOpen && (isEnd || CONTINUES.test(line.text))) last.next = index + 1;
    else traces.push({ first: index, next: index + 1 });
    isOpen = true;
    // What went before a traceback of Python is joined to it by a sentence.
    joins = CONNECTS.test(line.text);
    expects = TRACEBACK.test(line.text) || (expects && !isEnd) || joins;
  }
  return traces;
}

/** The first line behind a blank one that is not blank. */
function nextText(lines: readonly Line[], index: number): string {
  for (let at = index + 1; at < Math.min(lines.length, index + 4); at++) {
    const line = lines[at];
    if (line && !isBlank(line)) return line.text;
  }
  return '';
}
