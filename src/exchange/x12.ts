/**
 * The elements of an X12 interchange, each with the name that the implementation guides give it: `AAA03: 51`. Its first segment,
 * of a fixed length, says which characters are between elements and segments (X12.5). Empty where the text is no interchange.
 */
export function elementsOfX12(text: string): string[] {
  const start = /^\s{0,20}(?:ISA|ST)([^\w\s])/.exec(text);
  if (!start) return [];
  const interchange = text.trimStart();
  const [, between = '*'] = start;
  // A transaction set without its envelope does not say it.
  const end = interchange.startsWith('ISA') ? interchange.charAt(LENGTH_OF_ISA - 1) : '';
  const terminator = /[\w ]/.test(end) || end === '' ? '~' : end;
  return interchange
    .split(terminator)
    .slice(0, MOST_SEGMENTS)
    .flatMap((segment) => {
      const [name = '', ...elements] = segment.trim().split(between);
      if (!ABOUT_FAILURE.has(name)) return [];
      return elements
        .slice(0, ONLY[name])
        .flatMap((element, index) =>
          element === '' ? [] : [`${name}${String(index + 1).padStart(2, '0')}: ${element}`],
        );
    });
}

const LENGTH_OF_ISA = 106;
const MOST_SEGMENTS = 2_000;
/** The segments that say whether something was accepted; all others hold data of people. */
const ABOUT_FAILURE = new Set(['TA1', 'AK5', 'IK5', 'AK9', 'AAA', 'STC']);
/** The only element of a segment that is no amount and no date. */
const ONLY: Readonly<Record<string, number>> = { STC: 1 };
