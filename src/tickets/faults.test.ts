import { expect, test } from 'vitest';
import { fingerprintOf } from '../exchange/fingerprint.js';
import { shapeOf } from '../exchange/shape.js';
import type { Json } from '../json.js';
import type { Capability } from '../record/run.js';
import { capability, runOf } from '../testing/runs.js';
import { evidenceOf, faultsOf, untestedIn } from './faults.js';

type Finding = Capability['findings'][number];

const NOTHING_KNOWN = () => ({});

function finding(given: Partial<Finding>): Finding {
  return { check: 'answer/body-schema', severity: 'error', message: 'it is wrong', exchange: 0, ...given };
}

const deviating = (id: string, findings: Finding[]) => capability({ id, outcome: 'deviates', findings });

const keysOf = (operations: Capability[]) =>
  faultsOf(runOf(operations), NOTHING_KNOWN).map(({ key, operations: ids }) => [key, ids]);

test('two agencies with the same fault and other data have the same key', () => {
  const one = deviating('GET /things/', [
    finding({ code: 'enum', pointer: '/items/0/kind', message: 'is “a”' }),
    finding({
      code: 'larger-than-asked',
      check: 'list/page-size',
      facts: { asked: 5, came: 20 },
      message: '20 for 5',
    }),
  ]);
  const other = deviating('GET /things/', [
    finding({ code: 'enum', pointer: '/items/17/kind', message: 'is “b”' }),
    finding({ code: 'more', facts: { count: 12 }, message: '12 further violations' }),
    finding({
      code: 'larger-than-asked',
      check: 'list/page-size',
      facts: { asked: 5, came: 31 },
      message: '31 for 5',
    }),
  ]);
  expect(keysOf([one])).toHaveLength(2);
  expect(keysOf([other])).toEqual(keysOf([one]));
});

/** An operation whose input is refused with this body. */
function refusing(body: Json): Capability {
  const { exchanges, ...operation } = capability({
    id: 'POST /things/',
    outcome: 'rejects',
    cause: 'validation-failed',
  });
  const shape = shapeOf(body, (name) => ['errors', 'detail'].includes(name));
  const answer = { status: 422, failure: undefined, errorType: undefined, message: undefined, shape };
  return {
    ...operation,
    exchanges: exchanges.map((one) => ({
      ...one,
      ...{ status: 422, bodyShape: shape, fingerprint: fingerprintOf(answer) },
    })),
  };
}

test('two agencies with the same refusal that lists more or fewer members have the same key', () => {
  const wrong = ['it is wrong'];
  const keyOf = (body: Json) => keysOf([refusing(body)]);
  const one = keyOf({ errors: { a1: wrong } });
  expect(keyOf({ errors: { a1: wrong, b2: wrong, c3: wrong } })).toEqual(one);
  expect(keyOf({ errors: { x: wrong, y: wrong } })).toEqual(one);
  expect(keyOf({ detail: { a1: wrong } })).not.toEqual(one);
  expect(keyOf({ errors: {} })).not.toEqual(one);
  const item = { detail: 'it is wrong' };
  expect(keyOf({ errors: [item, item] })).toEqual(keyOf({ errors: [item] }));
});

test('what shows at one agency only by its data is a fault of its own, and the other stays the same', () => {
  const kind = finding({ code: 'enum', pointer: '/items/0/kind' });
  const phone = finding({ code: 'type', pointer: '/items/0/phone' });
  const [first, second] = keysOf([deviating('GET /things/', [kind, phone])]);
  expect(keysOf([deviating('GET /things/', [kind])])).toEqual([first]);
  expect(second).not.toEqual(first);
});

test('a status, a member, a component and a check make another fault', () => {
  const undocumented = (status: string) =>
    finding({ check: 'answer/documented-status', code: 'not-documented', facts: { status } });
  const faults = keysOf([
    deviating('GET /a/', [undocumented('418'), undocumented('501')]),
    deviating('GET /b/', [
      finding({ code: 'type', pointer: '/a' }),
      finding({ code: 'type', pointer: '/b' }),
    ]),
    deviating('GET /c/', [finding({ code: 'type', pointer: '/a', schema: '#/components/schemas/Thing' })]),
  ]);
  expect(new Set(faults.map(([key]) => key)).size).toBe(5);
});

test('the same refusal at several operations is one fault; whose it is follows what is known of each', () => {
  const missing = (id: string) =>
    capability({ id, outcome: 'unrouted', cause: 'route-missing', confidence: 'certain', layer: 'gateway' });
  const known = (id: string) => (id === 'GET /c/' ? {} : { routedAt: '2026-02-01T00:00:00Z' });
  const faults = faultsOf(runOf([missing('GET /a/'), missing('GET /b/'), missing('GET /c/')]), known);
  expect(faults.map(({ side, operations }) => [side, operations])).toEqual([
    ['vendor', ['GET /a/', 'GET /b/']],
    ['us', ['GET /c/']],
  ]);
  expect(new Set(faults.map(({ key }) => key)).size).toBe(2);
});

test('no answer is the network’s; it and what was not asked say nothing of what an operation does', () => {
  const run = runOf([
    capability({ id: 'GET /a/', outcome: 'unreachable', layer: 'network' }),
    capability({ id: 'GET /b/', outcome: 'skipped' }),
    capability({
      id: 'GET /c/',
      checks: [
        { id: 'list/page-size', result: 'inconclusive', code: 'not-its-turn' },
        { id: 'list/pages-repeat', result: 'passed' },
      ],
    }),
  ]);
  expect(faultsOf(run, NOTHING_KNOWN).map(({ side }) => side)).toEqual(['network']);
  expect(untestedIn(run)).toEqual(['GET /a/', 'GET /b/', 'list/page-size']);
});

test('the evidence of faults is found again in a run: those operations, and those findings', () => {
  const kind = finding({ code: 'enum', pointer: '/items/0/kind' });
  const phone = finding({ code: 'type', pointer: '/items/0/phone' });
  const run = runOf([
    deviating('GET /things/', [kind, phone, kind]),
    deviating('GET /others/', [phone]),
    capability({ id: 'GET /broken/', outcome: 'broken', cause: 'crashed' }),
  ]);
  const faults = faultsOf(run, NOTHING_KNOWN);
  const [ofKind, ofPhone, crashed] = faults;
  expect(faults).toHaveLength(3);
  const shown = (keys: (typeof faults)[number][]) =>
    evidenceOf(run, keys)?.operations.map(({ id, findings }) => [id, findings.map(({ code }) => code)]);
  expect(shown(ofKind ? [ofKind] : [])).toEqual([['GET /things/', ['enum', 'enum']]]);
  expect(shown(ofKind && ofPhone ? [ofKind, ofPhone] : [])).toEqual([
    ['GET /things/', ['enum', 'type', 'enum']],
    ['GET /others/', ['type']],
  ]);
  expect(shown(crashed ? [crashed] : [])).toEqual([['GET /broken/', []]]);
  expect(evidenceOf(run, [{ key: 'crashed 0', operations: ['GET /broken/'] }])).toBeUndefined();
  // Whose it is was decided with what was known at the time: the evidence is the same.
  expect(evidenceOf(run, [{ key: `us ${crashed?.key ?? ''}`, operations: ['GET /broken/'] }])).toBeDefined();
});
