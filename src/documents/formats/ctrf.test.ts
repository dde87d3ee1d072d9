import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { expect, test } from 'vitest';
import type { Capability, Run } from '../../record/run.js';
import { capability, reportOf, runOf } from '../../testing/runs.js';
import { ctrf } from './ctrf.js';

/** What CTRF demands, by its published schema (ctrf-schema-0.0.json of the package ctrf 0.3.0): nothing else may be there. */
const closed = { additionalProperties: false };
const STATUS = Type.Union(['passed', 'failed', 'skipped'].map((one) => Type.Literal(one)));
const TEST = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    status: STATUS,
    duration: Type.Integer(),
    suite: Type.Array(Type.String(), { minItems: 1 }),
    rawStatus: Type.Optional(Type.String()),
    message: Type.Optional(Type.String()),
    trace: Type.Optional(Type.String()),
    labels: Type.Optional(Type.Record(Type.String(), Type.String())),
  },
  closed,
);
const COUNTS = Object.fromEntries(
  ['tests', 'passed', 'failed', 'skipped', 'pending', 'other', 'suites', 'start', 'stop'].map((name) => [
    name,
    Type.Integer(),
  ]),
);
const DOCUMENT = Type.Object(
  {
    reportFormat: Type.Literal('CTRF'),
    specVersion: Type.RegExp(/^\d+\.\d+\.\d+$/),
    generatedBy: Type.String(),
    results: Type.Object(
      {
        tool: Type.Object({ name: Type.String({ minLength: 1 }), version: Type.String() }, closed),
        summary: Type.Object(COUNTS, closed),
        tests: Type.Array(TEST),
      },
      closed,
    ),
  },
  closed,
);

async function written(operations: Capability[], given: Partial<Run> = {}) {
  const [file] = await ctrf.render(reportOf(runOf(operations, given)));
  const document: unknown = JSON.parse(file?.text ?? '');
  expect([...Value.Errors(DOCUMENT, document)].map(({ path, message }) => `${path} ${message}`)).toEqual([]);
  return Value.Parse(DOCUMENT, document).results;
}

test('an operation is a test of the suite of its target: passed, failed, or skipped with the reason', async () => {
  const { summary, tests } = await written([
    capability({ id: 'GET /items/' }),
    capability({
      ...{ id: 'GET /widgets/', outcome: 'unrouted', layer: 'gateway', cause: 'route-missing' },
      ...{ confidence: 'certain', expected: { outcome: 'works', met: false } },
      ...{
        explanation: 'Not routed for this caller.',
        fix: 'Use GET /items/.',
        evidence: ['As an unknown path.'],
      },
    }),
    capability({
      id: 'POST /items/',
      outcome: 'skipped',
      expected: null,
      explanation: 'Writes are not allowed.',
    }),
  ]);
  expect(summary).toMatchObject({
    tests: 3,
    passed: 1,
    failed: 1,
    skipped: 1,
    pending: 0,
    other: 0,
    suites: 1,
  });
  expect(summary['stop']).toBeGreaterThanOrEqual(summary['start'] ?? Infinity);
  expect(tests[0]).toEqual({
    ...{ name: 'GET /items/', status: 'passed', duration: 2, rawStatus: 'works' },
    suite: [runOf([]).target, 'things'],
  });
  expect(tests[1]).toMatchObject({
    status: 'failed',
    message: 'unrouted, expected works: Not routed for this caller.',
    trace: 'Use GET /items/.\nAs an unknown path.',
    labels: { layer: 'gateway', cause: 'route-missing', confidence: 'certain' },
  });
  expect(tests[2]).toMatchObject({ status: 'skipped', message: 'Writes are not allowed.' });
});

test('a run that proved nothing has failed', async () => {
  const { summary, tests } = await written([
    capability({ id: 'GET /items/', outcome: 'unreachable', explanation: 'No address.', exchanges: [] }),
  ]);
  expect(summary).toMatchObject({ tests: 2, passed: 0, failed: 1, skipped: 1 });
  expect(tests.at(-1)).toMatchObject({ name: 'the run', message: 'Nothing could be judged: No address.' });
});
