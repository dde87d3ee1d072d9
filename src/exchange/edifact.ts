/**
 * The elements of an UN/EDIFACT syntax and service report that say whether an interchange was accepted, each with the position
 * that the standard gives it: `UCI04: 4` (ISO 9735, CONTRL, action codes of UCI, UCM and UCF). Empty where the text has none.
 */
export function elementsOfEdifact(text: string): string[] {
  if (!/^\s{0,8}(?:UNA|UNB|UNH|UCI)\b/m.test(text)) return [];
  return text
    .split(/'\s{0,4}|\n/)
    .slice(0, MOST_SEGMENTS)
    .flatMap((segment) => {
      const [name = '', ...elements] = segment.trim().split('+');
      const position = ACTION[name];
      const action = position === undefined ? undefined : elements[position - 1];
      return position === undefined || action === undefined || !/^\d{1,2}$/.test(action)
        ? []
        : [`${name}${String(position).padStart(2, '0')}: ${action}`];
    });
}

const MOST_SEGMENTS = 2_000;
/** Where the action code is in the segments that have one. */
const ACTION: Readonly<Record<string, number>> = { UCI: 4, UCM: 3, UCF: 4 };
