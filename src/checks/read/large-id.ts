import { NotApplicable, type Ask } from '../../drive/drive.js';
import type { SeenReply } from '../../drive/seen.js';
import { isObject, type Json } from '../../json.js';
import { layersOf } from '../../probe/harvest.js';
import { idNames, plainName, type IdNames } from '../../probe/id-names.js';
import { isSuccess, type Reply } from '../../targets/reply.js';
import { check, failed, inconclusive, passed } from '../check.js';
import { status } from '../fact.js';
import { scanJson } from '../json-scan.js';
import { jsonTextOf } from '../json-text.js';
import { jsonOf, type Subject } from '../subject.js';
import { resourceIn } from '../resource.js';

/** The most things that are asked for as a page. */
const LARGEST = 50;

export const largeId = check({
  id: 'read/large-id',
  promise: 'An id beyond 2^53 that a list shows is the one by which the thing is read.',
  source: {
    kind: 'practice',
    ref: 'RFC 8259, section 6: numbers beyond 2^53 - 1 are not read alike everywhere',
    url: 'https://www.rfc-editor.org/rfc/rfc8259#section-6',
  },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: 4 },
  messages: {
    rounded: ({ came }) =>
      `an id beyond 2^53 that the list shows is answered ${came}, where another one is found: the list has a number as a double rounds it`,
  },
  *run(subject) {
    const { list, item, request, own, host } = subject;
    if (!list || !item) return new NotApplicable('it lists nothing that can be read by an id');
    const parameter = item.operation.parameters.find(
      (one) => one.in === 'path' && one.name === item.parameter,
    );
    if (parameter?.schema['type'] !== 'integer' && parameter?.schema['type'] !== 'number')
      return new NotApplicable('its ids are no numbers');
    const { maximum, format } = parameter.schema;
    if (format === 'int32' || (typeof maximum === 'number' && maximum <= Number.MAX_SAFE_INTEGER))
      return new NotApplicable('its ids are not so large');
    const most = list.size?.schema['maximum'];
    const ask = request.same('a large page', {
      query: list.size
        ? { [list.size.name]: String(typeof most === 'number' ? Math.min(most, LARGEST) : LARGEST) }
        : {},
      fresh: true,
    });
    const large = idIn(subject, own.reply) ?? (yield* largeIdOf(subject, ask));
    if (large === undefined)
      return new NotApplicable('it shows no id beyond 2^53 that a double has kept or rounded');
    const ordinary = (list.itemsOf(subject.body) ?? []).flatMap(
      (one) => resourceIn(one, namesOf(subject, item.parameter), subject.collection)?.ids[0]?.id ?? [],
    )[0];
    if (ordinary === undefined) return new NotApplicable('it shows no other id to compare with');
    const read = (id: string, purpose: string): Ask =>
      request.same(purpose, {
        below: { sent: id, shown: host.pseudonyms.of(item.parameter, id) },
        operation: item.operation.id,
        fresh: true,
      });
    const found = (yield read(large, 'the thing with the large id')).reply;
    if (found.kind !== 'answer') return inconclusive('it did not answer');
    if (isSuccess(found.status)) return passed;
    if (found.status !== 404) return inconclusive('it answered in a way that may have another reason');
    const other = (yield read(ordinary, 'another one')).reply;
    if (other.kind !== 'answer' || !isSuccess(other.status))
      return inconclusive('others cannot be read either');
    const again = yield* largeIdOf(subject, ask);
    return again === large
      ? failed('rounded', { came: status(found.status) })
      : inconclusive('the list does not show the id any more');
  },
});

function* largeIdOf(subject: Subject, ask: Ask): Generator<Ask, string | undefined, SeenReply> {
  return idIn(subject, (yield ask).reply);
}

/** The first id beyond 2^53 of a page, where no number of the page has digits that a double loses. */
function idIn(subject: Subject, reply: Reply): string | undefined {
  const { list, item, collection } = subject;
  if (reply.kind !== 'answer' || !list || !item) return undefined;
  const text = jsonTextOf(reply);
  if (typeof text !== 'string') return undefined;
  const names = namesOf(subject, item.parameter);
  const isLost = scanJson(text).changed.some(({ member }) => member !== undefined && isIdName(names, member));
  if (isLost) return undefined;
  for (const one of list.itemsOf(jsonOf(reply)) ?? []) {
    const id = largeIn(one, names, collection);
    // Large doubles may be written in more than one way.
    if (id !== undefined) return [String(id), BigInt(id).toString()].find((digits) => text.includes(digits));
  }
  return undefined;
}

function largeIn(thing: Json, names: IdNames, collection: string | undefined): number | undefined {
  const layers = isObject(thing) ? layersOf(thing, collection) : [];
  for (const [name, value] of layers.flatMap((layer) => Object.entries(layer))) {
    if (!isIdName(names, name) || typeof value !== 'number') continue;
    if (value > Number.MAX_SAFE_INTEGER && Number.isInteger(value)) return value;
  }
  return undefined;
}

function namesOf({ collection }: Subject, parameter: string): IdNames {
  return idNames(parameter, collection);
}

function isIdName({ own, byId }: IdNames, name: string): boolean {
  const plain = plainName(name);
  return own.includes(plain) || (plain === 'id' && byId !== 'not');
}
