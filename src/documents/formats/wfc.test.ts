import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { PROMISES } from '../../checks/index.js';
import type { Capability, Run } from '../../record/run.js';
import { recorded, RECORDINGS } from '../../testing/recorded.js';
import { capability, reportOf, runOf } from '../../testing/runs.js';
import { CATALOGUE, faultsOf, OWN_CATEGORIES, SAME_MEANING } from './wfc-faults.js';
import { wfc } from './wfc.js';

const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
addFormats.default(ajv);
const SCHEMA: unknown = JSON.parse(await readFile(join(import.meta.dirname, 'wfc.schema.json'), 'utf8'));
const isValid = ajv.compile(Value.Parse(Type.Record(Type.String(), Type.Unknown()), SCHEMA));

/** What these tests read of a report. */
const DOCUMENT = Type.Object({
  creationTime: Type.String(),
  faults: Type.Object({
    totalNumber: Type.Integer(),
    foundFaults: Type.Array(
      Type.Object({
        operationId: Type.String(),
        testCaseId: Type.String(),
        faultCategories: Type.Array(
          Type.Object({ id: Type.String(), code: Type.Integer(), context: Type.String() }),
        ),
      }),
    ),
  }),
  problemDetails: Type.Object({ rest: Type.Record(Type.String(), Type.Unknown()) }),
  totalTests: Type.Integer(),
  testCases: Type.Array(Type.Object({ id: Type.String() })),
  executionTimeInSeconds: Type.Integer(),
  warnings: Type.Array(
    Type.Object({ category: Type.String(), message: Type.String(), displayPriority: Type.Integer() }),
  ),
});

async function ofRun(run: Run) {
  const [file] = await wfc.render(reportOf(run));
  const document: unknown = JSON.parse(file?.text ?? '');
  isValid(document);
  expect(isValid.errors ?? []).toEqual([]);
  return Value.Parse(DOCUMENT, document);
}
const written = (operations: Capability[], given: Partial<Run> = {}) => ofRun(runOf(operations, given));

/** An operation that answered with these statuses. */
function answered(given: Partial<Capability> & { id: string }, ...statuses: (number | null)[]): Capability {
  const one = capability(given);
  return {
    ...one,
    exchanges: one.exchanges.flatMap((own) => statuses.map((status) => ({ ...own, status }))),
  };
}

const finding = (check: string, code: string, more: Partial<Capability['findings'][number]> = {}) => ({
  ...{ check, code, severity: 'error' as const, message: 'it breaks its promise', exchange: 0, ...more },
});
const codesOf = (...findings: Capability['findings']) =>
  faultsOf(capability({ id: 'GET /items/', outcome: 'deviates', findings })).map(({ id, code }) => [
    id,
    code,
  ]);

const CRASH = { outcome: 'broken', layer: 'application', cause: 'crashed', confidence: 'certain' } as const;
const NO_ROUTE = {
  outcome: 'unrouted',
  layer: 'gateway',
  cause: 'route-missing',
  confidence: 'certain',
} as const;

describe('the schema', () => {
  test.each(RECORDINGS)('holds the report of the recording “%s”', async (name) => {
    const { totalTests, testCases } = await ofRun(await recorded(name));
    expect(testCases).toHaveLength(totalTests);
  });

  test('refuses what it does not know, and a code of no category', async () => {
    const document = await written([answered({ id: 'GET /items/', ...CRASH }, 500)]);
    const [found] = document.faults.foundFaults;
    expect(isValid({ ...document, verdict: 'good' })).toBe(false);
    const faultCategories = [{ id: 'HTTP_STATUS_500', code: 123, context: '' }];
    expect(
      isValid({ ...document, faults: { totalNumber: 1, foundFaults: [{ ...found, faultCategories }] } }),
    ).toBe(false);
  });
});

test('each endpoint is listed, each one that was asked is a test case, with its statuses', async () => {
  const run = runOf(
    [
      answered({ id: 'GET /items/' }, 503, 200, 200),
      answered({ id: 'GET /silent/', outcome: 'unreachable' }, null),
      answered({ id: 'GET /odd/' }, 999),
      capability({ id: 'POST /items/', outcome: 'skipped', expected: null, exchanges: [] }),
    ],
    { budget: { planned: counts(9), sent: counts(2) } },
  );
  const [file] = await wfc.render(reportOf(run));
  expect(file?.name).toBe('wfc/live/report.json');
  const { problemDetails, totalTests, testCases, creationTime, executionTimeInSeconds } = await ofRun(run);
  expect(problemDetails.rest).toEqual({
    outputHttpCalls: 5,
    evaluatedHttpCalls: 14,
    endpointIds: ['GET:/items/', 'GET:/silent/', 'GET:/odd/', 'POST:/items/'],
    coveredHttpStatus: [
      { endpointId: 'GET:/items/', testCaseId: 'GET /items/', httpStatus: [200, 503] },
      { endpointId: 'GET:/silent/', testCaseId: 'GET /silent/', httpStatus: [null] },
      { endpointId: 'GET:/odd/', testCaseId: 'GET /odd/', httpStatus: [] },
    ],
  });
  expect([totalTests, testCases.map(({ id }) => id)]).toEqual([
    3,
    ['GET /items/', 'GET /silent/', 'GET /odd/'],
  ]);
  expect([creationTime, executionTimeInSeconds]).toEqual(['2026-02-26T17:40:01.500Z', 2]);
});

const counts = (each: number) => ({
  ...{ operations: each, controls: each, spellings: each, checks: each },
  ...{ retries: each, token: each, removal: each },
});

describe('faults', () => {
  test('are what was found and what fails; two are the same by code and context', async () => {
    const body = finding('answer/body-schema', 'type', { pointer: '/id' });
    const { faults } = await written([
      capability({ id: 'GET /items/', outcome: 'deviates', findings: [body, body] }),
      answered({ id: 'GET /widgets/', ...NO_ROUTE }, 403),
      capability({ id: 'GET /people/' }),
    ]);
    expect(faults).toEqual({
      totalNumber: 2,
      foundFaults: [
        {
          operationId: 'GET:/items/',
          testCaseId: 'GET /items/',
          faultCategories: [
            {
              id: 'SCHEMA_INVALID_RESPONSE',
              code: 200,
              context: 'GET:/items/ -> answer/body-schema at /id: it breaks its promise',
            },
          ],
        },
        {
          operationId: 'GET:/widgets/',
          testCaseId: 'GET /widgets/',
          faultCategories: [
            {
              id: 'CONFORM_UNROUTED',
              code: 900,
              context: 'GET:/widgets/ -> unrouted: no such method and path is routed (for this caller)',
            },
          ],
        },
      ],
    });
  });

  test.each([
    [500, 'HTTP_STATUS_500', 100],
    [501, 'SCHEMA_STATUS_NO_501_IF_IMPLEMENTED', 205],
    [503, 'HTTP_OTHER_STATUS_5XX', 121],
    [799, 'HTTP_STATUS_NO_NON_STANDARD_CODES', 101],
    [200, 'CONFORM_BROKEN', 904],
  ])('a failure with the status %i is %s', (status, id, code) => {
    expect(faultsOf(answered({ id: 'GET /items/', ...CRASH }, status))).toMatchObject([{ id, code }]);
  });

  test('what proves nothing, and an expected refusal, are none', () => {
    expect(faultsOf(answered({ id: 'GET /items/', ...NO_ROUTE, confidence: 'possible' }, 403))).toEqual([]);
    const refusal = {
      outcome: 'denied',
      layer: 'token',
      cause: 'token-invalid',
      confidence: 'certain',
    } as const;
    expect(faultsOf(answered({ id: 'POST /items/', manner: 'invalid-token', ...refusal }, 401))).toEqual([]);
  });

  test('a bad request that was let in is one, and only once where a check says so too', () => {
    const letIn = capability({ id: 'POST /items/', manner: 'invalid-token' });
    expect(faultsOf(letIn)).toMatchObject([{ id: 'SECURITY_DECLARED_AUTH_NOT_ENFORCED', code: 311 }]);
    const findings = [finding('auth/bad-credentials', 'let-in')];
    expect(faultsOf({ ...letIn, outcome: 'deviates', findings })).toMatchObject([
      { code: 311, context: 'POST:/items/ -> auth/bad-credentials: it breaks its promise' },
    ]);
    expect(faultsOf({ ...letIn, manner: 'forbidden-body' })).toMatchObject([{ code: 206 }]);
  });

  test('a valid request that is refused is one', () => {
    const rejects = { outcome: 'rejects', layer: 'application', cause: 'validation-failed' } as const;
    expect(faultsOf(answered({ id: 'GET /items/', confidence: 'certain', ...rejects }, 422))).toMatchObject([
      { id: 'SCHEMA_VALID_INPUT_REJECTED', code: 207 },
    ]);
  });

  test('a finding has the category of the same meaning, else one of our own', () => {
    expect(
      codesOf(
        finding('answer/status-owes-header', 'no-allow'),
        finding('answer/status-owes-header', 'no-location'),
        finding('list/filter-works', 'ignored'),
        finding('mine/own', 'broken'),
        finding('constructor', 'broken'),
      ),
    ).toEqual([
      ['HTTP_STATUS_NO_405_IF_NO_ALLOW', 110],
      ['CONFORM_ANSWER', 910],
      ['CONFORM_LIST', 950],
      ['CONFORM_OTHER_CHECK', 990],
      ['CONFORM_OTHER_CHECK', 990],
    ]);
  });

  test('a host that fails a check has the category of the status that shows it', () => {
    const findings = [finding('read/unknown-parameter', 'fails', { exchange: 1 })];
    const one = (status: number) =>
      faultsOf(answered({ id: 'GET /items/', outcome: 'deviates', findings }, 200, status));
    expect(one(500)).toMatchObject([{ id: 'HTTP_STATUS_500' }]);
    expect(one(502)).toMatchObject([{ id: 'HTTP_OTHER_STATUS_5XX' }]);
    expect(one(200)).toMatchObject([{ id: 'CONFORM_READ' }]);
  });

  test('what could not be checked is none', () => {
    expect(codesOf(finding('answer/body-schema', 'unreadable', { inconclusive: true }))).toEqual([]);
  });

  test('every finding that has a category is one that a check can make', () => {
    const makes = (check: string, code: string | undefined) =>
      PROMISES.some(
        ({ id, messages }) => id === check && (code === undefined || Object.hasOwn(messages, code)),
      );
    const unknown = [...SAME_MEANING.keys()].filter((key) => {
      const [check = '', code] = key.split(' ');
      return !makes(check, code);
    });
    expect(unknown).toEqual([]);
  });

  test('our own categories keep to the range that the catalogue leaves to tools, one code each', () => {
    expect(Object.values(OWN_CATEGORIES).filter((code) => code < 900 || code > 999)).toEqual([]);
    expect(Object.values(CATALOGUE).filter((code) => code >= 900)).toEqual([]);
    const all = [...Object.values(CATALOGUE), ...Object.values(OWN_CATEGORIES)];
    expect(new Set<number>(all).size).toBe(all.length);
  });
});

describe('warnings', () => {
  test('say what is not as expected, what is open, and what had to be repaired', async () => {
    const { warnings } = await written(
      [
        capability({ id: 'GET /items/', expected: { outcome: 'denied', met: false, because: 'it changed' } }),
        capability({
          id: 'GET /people/',
          findings: [finding('answer/body-schema', 'unreadable', { inconclusive: true })],
          checks: [{ id: 'list/filter-works', result: 'inconclusive', why: 'the list is empty' }],
        }),
      ],
      {
        complete: false,
        unproven: [{ operation: 'POST /items/', why: 'writes are not allowed' }],
        contract: {
          ...{ title: 'Shop', version: '7', sha256: '0'.repeat(64), operations: 2 },
          repairs: [{ kind: 'type', what: 'no type', file: 'shop.yaml', assumed: 'an object' }],
        },
      },
    );
    expect(warnings.map(({ category, message }) => `${category}: ${message}`)).toEqual([
      'incomplete: The run is not complete.',
      'not as expected: GET /items/: works, expected denied; it changed',
      'not proven: POST /items/: writes are not allowed',
      'not checked: GET /people/: answer/body-schema: it breaks its promise',
      'not checked: GET /people/: list/filter-works: the list is empty',
      'contract: The contract had to be repaired: no type; assumed: an object',
    ]);
  });

  test('say first that a run proved nothing', async () => {
    const { warnings, faults } = await written([
      answered({ id: 'GET /items/', outcome: 'unreachable', explanation: 'No address.' }, null),
    ]);
    expect(warnings[0]).toEqual({
      ...{ category: 'nothing proven', displayPriority: 1 },
      message: 'Nothing could be judged: No address.',
    });
    expect(faults).toEqual({ totalNumber: 0, foundFaults: [] });
  });

  test('are none where all is as expected', async () => {
    expect((await written([capability({ id: 'GET /items/' })])).warnings).toEqual([]);
  });
});
