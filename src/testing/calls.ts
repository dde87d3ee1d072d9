import type { Call, Reading } from '../audit/call.js';
import { HOLE } from '../exchange/shown-url.js';
import { readCalls } from '../audit/read.js';

/** What a text was read as, a line each: `3: POST https://h/x ?name=value {/member,…}`, and `3: why` for what was not understood. */
export function readAs(text: string, file = 'calls'): string[] {
  return linesOf(readCalls(text, file));
}

export function linesOf({ calls, notUnderstood, without }: Reading): string[] {
  return [
    ...calls.map(lineOf),
    ...notUnderstood.map(({ place, why }) => `${place.line ?? place.entry ?? 0}: (${why})`),
    ...[...without].map(([what, count]) => `${count} ${what}`),
  ];
}

/** What is not known is written `…`. */
function lineOf({ method, url, query = [], body, place }: Call): string {
  const parts = [
    `${place.line ?? place.entry ?? 0}: ${method ?? '?'} ${url}`,
    ...query.map(({ name, value }) => `?${name}${value === undefined ? '' : `=${value}`}`),
    ...(body ? [`{${body.members?.join(',') ?? '?'}}`] : []),
  ];
  return parts.join(' ').replaceAll(HOLE, '…');
}
