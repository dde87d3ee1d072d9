import { isArray, isObject, type Json, type JsonObject } from '../json.js';
import type { Exchange } from '../exchange/exchange.js';
import type { Operation } from '../contract/operation.js';
import type { Capability, Run } from '../record/run.js';
import { listen, type Answer, type Listening, type Request } from './listen.js';

/**
 * Serves what a run shows: each operation answers with the status, the error text and the headers that were
 * recorded, a success with the contract's example. A path that the run does not know answers as the host
 * answered to a path that nobody has. Bodies of successes were never kept, so those are the contract's.
 * @throws Problem when the port is taken.
 */
export async function serveRun(
  run: Run,
  operations: readonly Operation[],
  options: { port: number; tls?: { key: string; cert: string } | undefined },
): Promise<Listening> {
  const known = new Map(operations.map((operation) => [operation.id, operation]));
  const unknown = run.operations
    .flatMap(({ exchanges }) => exchanges)
    .find(({ purpose }) => purpose === 'nonsense-sibling');
  const standing = `recorded ${run.startedAt} (${run.target})`;
  const answer = (request: Request): Answer => {
    const capability = find(run.operations, request);
    if (!capability) {
      const fallback = { status: 404, headers: { 'x-replica-standing': 'assumed' }, body: undefined };
      return unknown ? replay(unknown, standing) : fallback;
    }
    const own = capability.exchanges.findLast(({ role }) => role === 'operation');
    if (!own)
      return { status: 501, headers: { 'x-replica-standing': 'not asked in this run' }, body: undefined };
    const isSuccess = own.status !== null && own.status < 300;
    if (!isSuccess) return replay(own, standing);
    const example = exampleOf(known.get(capability.id), own.status ?? 200);
    return { status: own.status ?? 200, headers: { 'x-replica-standing': standing }, body: example };
  };
  return listen(answer, options);
}

function find(operations: readonly Capability[], { method, url }: Request): Capability | undefined {
  const given = url.pathname.split('/');
  const fits = operations.filter(({ id }) => {
    const [asked, template = ''] = id.split(' ');
    const wanted = template.split('/');
    return (
      asked === method &&
      wanted.length === given.length &&
      wanted.every((step, index) =>
        step.startsWith('{') ? !(given[index] ?? '_').startsWith('_') : step === given[index],
      )
    );
  });
  return fits.sort((one, other) => one.id.split('{').length - other.id.split('{').length)[0];
}

/** A refusal as it was recorded. A connection that failed is answered as a gateway would answer for it. */
function replay(exchange: Exchange, standing: string): Answer {
  const headers = Object.fromEntries(
    Object.entries(exchange.responseHeaders).filter(
      // Of cookies only the attributes are kept, which set none.
      ([name]) => !['content-length', 'content-encoding', 'set-cookie'].includes(name),
    ),
  );
  const body =
    exchange.message === undefined
      ? placeholder(exchange.bodyShape as Json)
      : withMessage(exchange, exchange.message);
  return { status: exchange.status ?? 504, headers: { ...headers, 'x-replica-standing': standing }, body };
}

/** The kept shape, with the kept text in the place of the first string. */
function withMessage(exchange: Exchange, message: string): Json {
  const shape = exchange.bodyShape as Json;
  if (!isObject(shape)) return message;
  let placed = false;
  const fill = (value: Json): Json => {
    if (typeof value === 'string' && value.startsWith('string') && !placed) {
      placed = true;
      return message;
    }
    if (isArray(value)) return value.slice(1).map(fill);
    if (isObject(value)) return mapMembers(value, fill);
    return placeholder(value) ?? null;
  };
  return fill(shape);
}

/** A value of a kept shape: an empty string for a string, zero for a number. */
function placeholder(shape: Json): Json | undefined {
  if (typeof shape === 'string') {
    if (shape === 'empty') return undefined;
    if (/^(html|xml|text|unreadable)/.test(shape)) return '';
    if (shape.startsWith('string')) return '';
    return /^(integer|number)/.test(shape) ? 0 : shape.startsWith('boolean') ? false : null;
  }
  if (isArray(shape)) return shape.slice(1).map((item) => placeholder(item) ?? null);
  return isObject(shape) ? mapMembers(shape, (member) => placeholder(member) ?? null) : null;
}

function mapMembers(object: JsonObject, change: (value: Json) => Json): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([name, member]) => [name.replace(/\?$/, ''), change(member)]),
  );
}

function exampleOf(operation: Operation | undefined, status: number): Json | undefined {
  const response = operation?.responses[String(status)] ?? operation?.responses['2XX'];
  return Object.values(response?.content ?? {})[0]?.example;
}
