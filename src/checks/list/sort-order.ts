import type { Parameter } from '../../contract/parameter.js';
import { isArray, isObject, type Json } from '../../json.js';
import { plainName } from '../../probe/id-names.js';
import type { Subject } from '../subject.js';

/** One value of a parameter for the order, and what it promises. */
interface Order {
  value: string;
  /** The plain name of the member by which things are ordered. */
  member: string;
  /** Undefined where nothing says whether it goes up or down. */
  direction: 'up' | 'down' | undefined;
  /** What has to be sent beside it. */
  beside: Readonly<Record<string, string>>;
}

const UP = /^(asc|ascending)$/i;

/** What a parameter for the order names: each value of its enumeration, or what its description sets in quotes. */
export function ordersOf({ list }: Subject): Order[] {
  if (!list?.sort) return [];
  const values = valuesOf(list.sort);
  const direction = list.filters.find(
    ({ name, schema }) => DIRECTIONS.has(plainName(name)) || isUpOrDown(schema),
  );
  if (direction) {
    const up = wordsOf(direction.schema).find((word) => UP.test(word));
    if (up === undefined) return [];
    const beside = { [direction.name]: up };
    return values.flatMap((value) =>
      /^\w+$/.test(value) ? [{ value, member: plainName(value), direction: 'up' as const, beside }] : [],
    );
  }
  return values.flatMap((value) => {
    const parts = /^([-+]?)([a-z][\w]*?)(?:[_:. ](asc|desc))?$/i.exec(value);
    if (!parts) return [];
    const [, sign, name = '', word] = parts;
    const isDown = sign === '-' || word?.toLowerCase() === 'desc';
    // A bare name goes up only where its opposite has a form of its own.
    const isUp = sign === '+' || word !== undefined || values.includes(`-${name}`);
    return [
      { value, member: plainName(name), direction: isDown ? 'down' : isUp ? 'up' : undefined, beside: {} },
    ];
  });
}

const DIRECTIONS = new Set([
  'direction',
  'dir',
  'sortdir',
  'sortdirection',
  'sortorder',
  'order',
  'orderdirection',
]);

function isUpOrDown(schema: Parameter['schema']): boolean {
  return wordsOf(schema).some((word) => UP.test(word));
}

function wordsOf(schema: Parameter['schema']): string[] {
  const items = isObject(schema['items']) ? schema['items'] : schema;
  const words = isArray(items['enum']) ? items['enum'] : [];
  return words.filter((one) => typeof one === 'string');
}

function valuesOf({ schema, ...parameter }: Parameter): string[] {
  const words = wordsOf(schema);
  const stated =
    words.length > 0
      ? ''
      : descriptionOf(schema['description']) + descriptionOf(exampleOf(parameter.example));
  return [...words, ...[...stated.matchAll(/[`"']([-+]?[a-z]\w*)[`"']/gi)].map(([, word = '']) => word)];
}

function exampleOf(example: Json | undefined): string {
  return typeof example === 'string' ? `"${example}"` : '';
}

function descriptionOf(text: Json | undefined): string {
  return typeof text === 'string' ? text : '';
}

/** Numbers, or dates that are written alike, in the order of the things; undefined where they are something else. */
export function comparable(values: readonly (Json | undefined)[]): (string | number)[] | undefined {
  const given = values.filter((value) => value !== null && value !== undefined);
  if (given.length < 3) return undefined;
  const numbers = given.filter((value) => typeof value === 'number');
  if (numbers.length === given.length) return numbers;
  const dates = given.filter((value) => typeof value === 'string').filter((value) => DATE.test(value));
  const isAlike = dates.every((date) => date.length === dates[0]?.length);
  return dates.length === given.length && isAlike ? dates : undefined;
}

const DATE = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?Z)?$/;

/** Whether values never go down, or never up. */
export function goes(direction: 'up' | 'down', values: readonly (string | number)[]): boolean {
  return values.every((value, index) => {
    const before = values[index - 1];
    return before === undefined || value === before || value > before === (direction === 'up');
  });
}
