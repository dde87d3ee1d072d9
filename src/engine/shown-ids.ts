import { isArray, isObject, type Json } from '../json.js';

/** Whether a safe answer had shown a value. */
export type Shown = Pick<ReadonlySet<string>, 'has'>;

/** Collects what safe answers show, so that nothing that was there before is taken for a thing of the run. */
export interface ShownIds extends Shown {
  add: (body: Json) => void;
}

/**
 * Every text and number of the answers that it is given, the names of members, and the parts of paths. It holds no more
 * than so many values: beyond that it says of everything that it was shown, because it cannot tell.
 */
export function createShownIds(most = 500_000): ShownIds {
  const seen = new Set<string>();
  let full = false;
  const note = (text: string): void => {
    if (text === '' || text.length > LONGEST || seen.has(text)) return;
    if (seen.size >= most) full = true;
    else seen.add(text);
  };
  const add = (body: Json): void => {
    if (typeof body === 'number') note(String(body));
    else if (typeof body === 'string') {
      note(body);
      if (body.includes('/') && body.length <= LONGEST_PATH)
        for (const part of body.split(/[/?#]/)) note(part);
    } else if (isArray(body)) for (const item of body) add(item);
    else if (isObject(body)) {
      for (const [name, member] of Object.entries(body)) {
        note(name);
        add(member);
      }
    }
  };
  return { add, has: (text) => full || seen.has(text) };
}

/** Whether one body shows a text. */
export function isShownIn(body: Json | undefined, text: string): boolean {
  const shown = createShownIds();
  if (body !== undefined) shown.add(body);
  return shown.has(text);
}

/** No id is longer. */
const LONGEST = 200;
const LONGEST_PATH = 2000;
