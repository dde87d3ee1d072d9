import { percentDecoded } from '../../percent.js';

/** What is in a path or a query where a value was intended. */
export type Placeholder =
  'undefined' | 'null' | 'NaN' | 'None' | 'nil' | '[object Object]' | 'a template' | 'nothing';

/**
 * What a value was left as by the code that made it, if it is no value: the name of an absent value in some language, an
 * object as a text, or a template that was not filled in.
 */
export function placeholderIn(value: string): Placeholder | undefined {
  const text = percentDecoded(value).trim();
  const absent = ABSENT.find((name) => name === text);
  if (absent) return absent;
  return TEMPLATE.test(text) ? 'a template' : undefined;
}

const ABSENT = ['undefined', 'null', 'NaN', 'None', 'nil', '[object Object]'] as const;
/** `{id}`, `{{id}}`, `${id}`, `:id`, `<id>`, `%s`, `%(id)s`. */
const TEMPLATE = /^(?:\$?\{{1,2}[^{}]*\}{1,2}|:[A-Za-z_]\w*|<[A-Za-z_][\w -]*>|%[sd]|%\(\w+\)[sd])$/;
