/**
 * The elements of an HL7 version 2 acknowledgement that say whether a message was accepted, each with the name that the standard
 * gives it: `MSA01: AE`, `ERR03: 101` (chapter 2, MSA and ERR). Of a field with components only the first is given. Empty where
 * the text has no such segments.
 */
export function elementsOfHl7(text: string): string[] {
  if (!/^MSA\|/m.test(text)) return [];
  return text
    .split(/[\r\n]+/)
    .slice(0, MOST_SEGMENTS)
    .flatMap((segment) => {
      const [name = '', ...fields] = segment.split('|');
      const wanted = ABOUT_FAILURE[name] ?? [];
      return wanted.flatMap((position) => {
        const [first = ''] = (fields[position - 1] ?? '').split('^');
        return first === '' ? [] : [`${name}${String(position).padStart(2, '0')}: ${first}`];
      });
    });
}

const MOST_SEGMENTS = 2_000;
/** The fields that hold codes; all others hold data of people, or say the same in words. */
const ABOUT_FAILURE: Readonly<Record<string, readonly number[]>> = { MSA: [1], ERR: [3] };
