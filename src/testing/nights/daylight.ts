import { isObject, type Json, type JsonObject } from '../../json.js';
import type { World } from '../../replica/world.js';
import type { Random } from '../egress/random.js';
import type { Disturbance } from './disturbance.js';
import { CHANGES, inDenver } from './local-time.js';

const MINUTE_MS = 60_000;

/** Where the moments stand that the times of a record are; no answer shows them. */
const MOMENTS = 'moments';
const SHOWN = /"moments":\{[^{}]*\},?/g;

/**
 * Half of all times of records lie around the changes of daylight saving. They are shown as clocks in Denver showed them,
 * without an offset, and sorted by the moments that they are: where an hour comes twice, texts of the same day are in
 * another order than moments.
 */
export const daylight: Disturbance = {
  name: 'daylight',
  begin: ({ world, random }) => ({
    world: sortedByMoment(world),
    keep: (store) => {
      for (const kind of Object.keys(world.resources)) {
        const records = store.of(kind);
        for (const [id, record] of [...records]) records.set(id, moved(record, random));
      }
      return store;
    },
    pass: (_, answer) => {
      const reply = answer();
      if (reply.kind !== 'answer' || !reply.body.includes(`"${MOMENTS}"`)) return reply;
      const body = Buffer.from(reply.body.toString('utf8').replace(SHOWN, () => ''));
      const headers = reply.headers.map(([name, value]): [string, string] => [
        name,
        name === 'content-length' ? String(body.length) : value,
      ]);
      return { ...reply, body, headers };
    },
  }),
};

function sortedByMoment(world: World): World {
  const resources = Object.entries(world.resources).map(([name, resource]): [string, typeof resource] => {
    const { sort } = resource;
    if (!sort) return [name, resource];
    const fields = Object.entries(sort.fields).map(([field, place]): [string, string] => [
      field,
      place.replace(/^.*\.(?=start$|end$)|^(?=start$|end$)/, () => `${MOMENTS}.`),
    ]);
    return [name, { ...resource, sort: { ...sort, fields: Object.fromEntries(fields) } }];
  });
  return { ...world, resources: Object.fromEntries(resources) };
}

function moved(record: JsonObject, random: Random): JsonObject {
  const period = isPeriod(record) ? record : Object.values(record).find(isPeriod);
  if (!period) return record;
  const isNear = random.next() < 0.5;
  const start = isNear
    ? random.pick(CHANGES) + Math.floor((random.next() - 0.5) * 480) * MINUTE_MS
    : Date.parse(`${period.start.slice(0, 19)}Z`);
  const end = start + 240 * MINUTE_MS;
  const moments = { start: new Date(start).toISOString(), end: new Date(end).toISOString() };
  const times = isNear ? { start: inDenver(start), end: inDenver(end) } : {};
  const whole = Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, value === period ? { ...period, ...times } : value]),
  );
  return { [MOMENTS]: moments, ...whole, ...(period === record ? times : {}) };
}

interface Period extends JsonObject {
  start: string;
}

function isPeriod(value: Json): value is Period {
  return isObject(value) && typeof value['start'] === 'string' && value['start'].includes('T');
}
