import type { JsonObject } from '../json.js';
import type { Resource } from './world.js';

const PLAIN: NonNullable<Resource['bundle']> = {
  entries: 'bare',
  pageOrigin: 0,
  pageSize: 20,
  largestPage: 100,
};

/** One page of records, in the form in which their resource is listed. Past the last page it has no entries. */
export function bundleOf(
  records: readonly JsonObject[],
  form: Resource['bundle'],
  parameters: ReadonlyMap<string, string>,
): JsonObject {
  const { head = {}, entries, total, pageOrigin, pageSize, largestPage } = form ?? PLAIN;
  const asked = wholeNumber(parameters.get('_count')) ?? pageSize;
  const size = Math.min(Math.max(asked, 1), largestPage);
  const page = Math.max((wholeNumber(parameters.get('_page')) ?? pageOrigin) - pageOrigin, 0);
  const shown = records.slice(page * size, (page + 1) * size);
  return {
    ...(head as JsonObject),
    ...(total === undefined ? {} : { [total]: records.length }),
    entry: entries === 'wrapped' ? shown.map((resource) => ({ resource })) : shown,
  };
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
