import { NotApplicable } from '../../drive/drive.js';
import { isObject, pointer } from '../../json.js';
import { percentDecoded } from '../../percent.js';
import { idNames, plainName, singulars, type IdNames } from '../../probe/id-names.js';
import { parameterIn, segmentsOf } from '../../probe/segments.js';
import { isSuccess } from '../../targets/reply.js';
import { check, failed, inconclusive, passed } from '../check.js';
import { nameOf } from '../fact.js';
import { isScalar, isSameScalar } from '../same-scalar.js';
import { jsonOf } from '../subject.js';
import { resourceIn, type Resource } from '../resource.js';

export const idEcho = check({
  id: 'read/id-echo',
  promise: 'A read by an id gives the thing that has this id.',
  source: { kind: 'contract', ref: 'the id in the path' },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: 1 },
  messages: {
    'other-id': ({ parameter }) => `it gives a thing with another id than the one asked for as ${parameter}`,
  },
  *run({ operation, probe, body, list, request }) {
    const [template = '', before = ''] = segmentsOf(operation.path).reverse();
    const parameter = parameterIn(template);
    if (operation.method !== 'GET' || parameter === undefined || before === '' || before.includes('{'))
      return new NotApplicable('its path does not end in the id of a thing of a collection');
    const names = namesOf(parameter, before);
    if (!names) return new NotApplicable('the last parameter of its path may be something other than an id');
    const asked = percentDecoded(segmentsOf(new URL(probe.request.url).pathname).at(-1) ?? '');
    if (isWord(asked)) return new NotApplicable('it was asked for by a word that may stand for an id');
    if (list) return new NotApplicable('its answer is a list');
    if (!isObject(body)) return inconclusive('its answer is no object');
    const thing = resourceIn(body, names, before);
    if (!thing) return new NotApplicable('its answer has no such id');
    if (isOf(thing, asked)) return passed;
    const { reply } = yield request.same('the same once more', { fresh: true });
    const again =
      reply.kind === 'answer' && isSuccess(reply.status)
        ? resourceIn(jsonOf(reply), names, before)
        : undefined;
    const [first] = again?.ids ?? [];
    if (!again || !first) return inconclusive('it answered otherwise when it was asked again');
    if (isOf(again, asked)) return inconclusive('it gave the right thing when it was asked again');
    const steps = again.wrapper === undefined ? [first.member] : [again.wrapper, first.member];
    return failed('other-id', { parameter: nameOf(parameter) }, pointer(...steps));
  },
});

/**
 * The members that can have such an id. `id` is none of them where the things have another id besides (`{tax_id}`); and what
 * is called like a thing may be its name (`{user}`).
 */
function namesOf(parameter: string, collection: string): IdNames | undefined {
  const names = idNames(parameter, collection);
  const plain = plainName(parameter);
  if (names.byId !== 'surely' || !plain.endsWith('id')) return undefined;
  const own = ['', ...singulars(plainName(collection))].flatMap((noun) => [`${noun}id`, `${noun}uuid`]);
  return own.includes(plain) ? names : { ...names, byId: 'not' };
}

/** `me`, `latest` and the like. */
function isWord(text: string): boolean {
  return /^@?[a-z]+$/i.test(text) && !/^[\da-f]{8,}$/i.test(text);
}

/** Things may also be found by other members than their ids: whatever has the value has been asked for. */
function isOf({ members }: Resource, asked: string): boolean {
  const named = Object.entries(members).filter(
    ([name, value]) => typeof value === 'string' || /(id|number|no|key|code)$/.test(plainName(name)),
  );
  const values = named.map(([, value]) => value).filter(isScalar);
  return values.some((value) => isSameScalar(value, asked) || isSameId(String(value), asked));
}

/** Ids may be written with other letters, without hyphens, or behind what says of what kind they are: `boat_5`. */
function isSameId(one: string, other: string): boolean {
  const [first, second] = [one.toLowerCase(), other.toLowerCase()];
  return bare(first) === bare(second) || isTailOf(first, second) || isTailOf(second, first);
}

function bare(id: string): string {
  return id.replaceAll(/[^\p{L}\d]/gu, '');
}

function isTailOf(tail: string, whole: string): boolean {
  return whole.endsWith(tail) && /[^a-z\d]$/.test(whole.slice(0, -tail.length));
}
