import { describe, expect, test } from 'vitest';
import type { Capability } from '../../record/run.js';
import { capability, reportOf, runOf } from '../../testing/runs.js';
import type { ReportFormat } from './format.js';
import { junit } from './junit.js';
import { sarif } from './sarif.js';
import { testReport } from './test-report.js';

/** One report of a run with one operation, beside which another works: the run as a whole proves something. */
async function report(format: ReportFormat, given: Partial<Capability>): Promise<string> {
  const run = runOf([capability({ id: 'GET /anchor/' }), capability({ id: 'GET /things/', ...given })]);
  const rendered = await format.render(reportOf(run));
  return rendered.map(({ text }) => text).join('');
}

const OPEN: Partial<Capability> = {
  outcome: 'unrouted',
  layer: 'gateway',
  cause: 'route-missing',
  confidence: 'possible',
  expected: { outcome: 'unrouted', met: true },
};
const EXPECTED: Partial<Capability> = {
  outcome: 'denied',
  layer: 'token',
  cause: 'token-invalid',
  confidence: 'certain',
  manner: 'invalid-token',
  expected: { outcome: 'denied', met: true },
};

describe('what proves nothing, also where it is expected', () => {
  test('is skipped in JUnit', async () => {
    expect(await report(junit, OPEN)).toContain('<skipped>Nothing is proven');
  });

  test('has neither passed nor failed in a TestReport', async () => {
    const text = await report(testReport, OPEN);
    expect(text).toContain('"result": "skip"');
    expect(text).toContain('"score": 100');
  });

  test('is no result in SARIF', async () => {
    expect(await report(sarif, OPEN)).not.toContain('operation/unrouted');
    expect(await report(sarif, { ...OPEN, confidence: 'likely' })).toContain('operation/unrouted');
  });
});

describe('an expected refusal', () => {
  test('has passed in JUnit and in a TestReport', async () => {
    expect(await report(junit, EXPECTED)).toContain('failures="0" errors="0" skipped="0"');
    expect(await report(testReport, EXPECTED)).not.toContain('"result": "fail"');
  });
});

test('what works but was not checked whole is a warning in a TestReport', async () => {
  const finding = {
    check: 'answer/body-schema',
    severity: 'warning',
    message: 'was not checked',
    exchange: 0,
    inconclusive: true,
  } as const;
  expect(await report(testReport, { findings: [finding] })).toContain('"result": "warning"');
});
