import type { Contract } from '../contract/contract.js';
import { wholeOf } from '../contract/follow.js';
import type { Operation } from '../contract/operation.js';
import type { Parameter } from '../contract/parameter.js';
import { isArray, type Json } from '../json.js';
import { isScalar } from './same-scalar.js';

/** One value that the contract lists for a parameter of the query, as it is written there. */
export interface ListedValue {
  name: string;
  value: string;
}

/** All values that the contract lists: first one of each parameter, then a second one of each. */
export function listedValues(
  { parameters }: Operation,
  { document }: Pick<Contract, 'document'>,
): ListedValue[] {
  const lists = parameters
    .filter((one) => one.in === 'query' && one.contentType === undefined && one.style !== 'deepObject')
    .map((parameter) => ({ name: parameter.name, values: valuesOf(parameter, document) }));
  const longest = Math.max(0, ...lists.map(({ values }) => values.length));
  return Array.from({ length: longest }, (_, place) =>
    lists.flatMap(({ name, values }) => {
      const value = values[place];
      return value === undefined ? [] : [{ name, value }];
    }),
  ).flat();
}

/** A list of one value is written like that value. */
function valuesOf({ schema }: Parameter, document: Contract['document']): string[] {
  const parts = wholeOf(document, schema);
  const items = parts.flatMap((part) => wholeOf(document, part['items']));
  const listed: Json[] = [...parts, ...items].flatMap((part) => (isArray(part['enum']) ? part['enum'] : []));
  return [...new Set(listed.filter(isScalar).map(String))].filter((value) => value !== '');
}
