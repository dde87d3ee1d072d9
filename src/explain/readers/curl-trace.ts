import { linesOf } from '../lines.js';
import type { Reader } from '../paste.js';

/** `curl --trace-ascii -`: what went over the wire, with offsets; read as what `curl -v` prints. */
export const curlTrace: Reader = {
  id: 'curl-trace',
  about: 'what curl --trace-ascii prints',
  read: (text, again) => {
    const [start, ...more] = [...text.matchAll(SECTION)];
    if (!start || more.length === 0) return [];
    const lines = linesOf(text.slice(start.index));
    const isPart = (line: string) =>
      SECTION_START.test(line) || OFFSET.test(line) || /^curl: \(\d/.test(line);
    const last = lines.findLastIndex(({ text: line }) => isPart(line));
    const verbose = asVerbose(lines.slice(0, last + 1).map(({ text: line }) => line));
    const pasted = again(verbose);
    return pasted.length === 0
      ? []
      : [{ from: start.index, to: start.index + (lines[last]?.to ?? 0), pasted }];
  },
};

const SECTION = /^(?:== Info: |=> Send |<= Recv )/gm;
const SECTION_START = /^(?:== Info: |=> Send |<= Recv )/;
const OFFSET = /^([0-9a-f]{4,8}): (.*)$/;

const MARKS: readonly [section: RegExp, mark: string][] = [
  [/^=> Send header/, '> '],
  [/^<= Recv header/, '< '],
  [/^<= Recv data/, ''],
];

function asVerbose(lines: readonly string[]): string {
  const out: string[] = [];
  let mark: string | undefined;
  for (const [index, line] of lines.entries()) {
    if (SECTION_START.test(line)) {
      mark = MARKS.find(([section]) => section.test(line))?.[1];
      if (line.startsWith('== Info: ')) out.push(`* ${line.slice('== Info: '.length).trim()}`);
      continue;
    }
    if (line.startsWith('curl: (')) out.push(line);
    const [, offset, piece = ''] = OFFSET.exec(line) ?? [];
    if (offset === undefined || mark === undefined) continue;
    const previous = OFFSET.exec(lines[index - 1] ?? '');
    // A line of the message goes on where the offset shows that no line end is between.
    const goesOn =
      previous !== null && parseInt(offset, 16) - parseInt(previous[1] ?? '', 16) === previous[2]?.length;
    if (goesOn) out.push((out.pop() ?? '') + piece);
    else out.push(mark + piece);
  }
  return out.join('\n');
}
