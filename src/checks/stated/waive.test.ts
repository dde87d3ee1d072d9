import { expect, test } from 'vitest';
import type { Finding } from '../../verdict/verdict.js';
import type { Waiver } from './settings.js';
import { settleFindings } from './waive.js';

const FOUND: Finding = {
  check: 'list/page-size',
  code: 'larger-than-asked',
  severity: 'error',
  message: 'too many came',
};
const WAIVER: Waiver = { check: 'list/page-size', reason: 'they know', until: '2026-03-31' };

function settle(
  finding: Finding,
  waivers: Waiver[],
  severity?: 'error' | 'warning',
  today = '2026-03-31',
): Finding | undefined {
  return settleFindings(
    [finding],
    { waivers, severityOf: () => severity },
    { operation: 'GET /things', today },
  )[0];
}

test('what is accepted for now is no more than a warning, and says why', () => {
  expect(settle(FOUND, [{ ...WAIVER, ticket: 'T-1' }])).toEqual({
    ...FOUND,
    severity: 'warning',
    accepted: { reason: 'they know', until: '2026-03-31', ticket: 'T-1' },
  });
});

test('on the day after its last one, it counts again and says so', () => {
  expect(settle(FOUND, [WAIVER], undefined, '2026-04-01')).toEqual({
    ...FOUND,
    lapsed: { reason: 'they know', until: '2026-03-31' },
  });
  expect(settle(FOUND, [WAIVER, { ...WAIVER, until: '2026-05-01' }], undefined, '2026-04-01')).toMatchObject({
    severity: 'warning',
    accepted: { until: '2026-05-01' },
  });
});

test.each<[string, Partial<Waiver>]>([
  ['its code', { code: 'larger-than-asked' }],
  ['its operation', { operation: 'GET /things' }],
  ['both', { code: 'larger-than-asked', operation: 'GET /things' }],
])('a waiver of %s holds for it', (_, waiver) => {
  expect(settle(FOUND, [{ ...WAIVER, ...waiver }])).toStrictEqual({
    ...{ ...FOUND, severity: 'warning' },
    accepted: { reason: 'they know', until: '2026-03-31' },
  });
});

test('of several that hold, the first one says why', () => {
  const waivers = [{ ...WAIVER, until: '2026-03-30' }, WAIVER, { ...WAIVER, reason: 'later' }];
  expect(settle(FOUND, waivers)?.accepted).toEqual({ reason: 'they know', until: '2026-03-31' });
});

test.each<[string, Partial<Waiver>]>([
  ['another check', { check: 'list/pages-end' }],
  ['another code', { code: 'other' }],
  ['another operation', { operation: 'GET /others' }],
])('a waiver of %s says nothing of it', (_, waiver) => {
  expect(settle(FOUND, [{ ...WAIVER, ...waiver }])).toEqual(FOUND);
});

test('a severity that was said counts, but for what is never more than a warning or was not found out', () => {
  const practice: Finding = { ...FOUND, check: 'auth/challenge', code: 'no-challenge', severity: 'warning' };
  expect(settle(practice, [], 'error')?.severity).toBe('error');
  expect(settle(FOUND, [], 'warning')?.severity).toBe('warning');
  expect(settle({ ...practice, check: 'auth/no-token', code: 'fails' }, [], 'error')?.severity).toBe(
    'warning',
  );
  expect(settle({ ...practice, inconclusive: true }, [], 'error')?.severity).toBe('warning');
  expect(settle({ ...practice, inconclusive: true }, [], 'warning')?.severity).toBe('warning');
  const fails: Finding = { ...practice, check: 'auth/no-token', code: 'fails', severity: 'error' };
  expect(settle(fails, [], 'warning')?.severity).toBe('warning');
  // A check that a later version does not have any more.
  expect(settle({ ...FOUND, check: 'list/former' }, [], 'warning')?.severity).toBe('warning');
});

test('what could not be found out is not accepted', () => {
  const open: Finding = { ...FOUND, severity: 'warning', inconclusive: true };
  expect(settle(open, [WAIVER])).toEqual(open);
});
