import { bodySchema } from '../../checks/answer/body-schema.js';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadContract } from '../../contract/load.js';
import { conform, temporaryFolder } from '../../testing/conform.js';
import { recorded, RECORDED_HOST, recordedFile } from '../../testing/recorded.js';
import { capability, reportOf, runOf } from '../../testing/runs.js';
import { SHOP } from '../../testing/shop.js';
import { vendorSpec } from '../../testing/vendor.js';
import { gatherReport } from '../write.js';
import { capabilityStatement } from './capability-statement.js';
import type { ReportFormat, ReportInput } from './format.js';
import { FORMATS } from './index.js';
import { junit } from './junit.js';
import { sarif } from './sarif.js';
import { testReport } from './test-report.js';
import { openRecords } from '../../artefact/folder.js';

/** What is seen of the contract has no file where nothing of it was recorded. */
const ALL = FORMATS.map(({ name }) => name).filter((name) => name !== 'coverage');
const formats = (names: readonly string[]) => names.flatMap((name) => ['--format', name]);

/** The recorded run of the invented shop, as the newest of its target, rendered in every format. */
async function rendered(folder: string) {
  const spec = await vendorSpec(folder, RECORDED_HOST, SHOP);
  const common = ['--spec-dir', spec, '--out', folder];
  await mkdir(join(folder, 'latest'));
  await cp(recordedFile('shop'), join(folder, 'latest', 'live.json'));
  const summary = join(folder, 'github-summary.md');
  await writeFile(summary, '# of an earlier step\n');
  const result = await conform(['report', ...common, ...formats(ALL)], {
    env: { GITHUB_STEP_SUMMARY: summary },
  });
  const read = (name: string) => readFile(join(folder, 'latest', name), 'utf8');
  return { ...result, spec, summary: await readFile(summary, 'utf8'), read };
}

/** What a report of that run is made of. */
async function gathered(): Promise<ReportInput> {
  await using folder = await temporaryFolder();
  const specDir = await vendorSpec(folder.path, RECORDED_HOST, SHOP);
  return await gatherReport([await recorded('shop')], openRecords(folder.path), {
    contract: await loadContract(join(specDir, 'openapi.yaml')),
  });
}
const shop = await gathered();

/** One file of that report. */
async function fileOf({ render }: ReportFormat, name: string): Promise<string> {
  const found = (await render(shop)).find((one) => one.name === name);
  if (!found) throw new Error(`the report has no file ${name}`);
  return found.text;
}

/** The validator of a package that is there or not. */
function fhirValidator(): ((resource: object) => { valid: boolean; messages: unknown[] }) | undefined {
  try {
    const { Fhir } = createRequire(import.meta.url)('fhir') as {
      Fhir: new () => {
        validate: (resource: object, options: object) => { valid: boolean; messages: unknown[] };
      };
    };
    const fhir = new Fhir();
    return (resource) => fhir.validate(resource, { errorOnUnexpected: true });
  } catch {
    return undefined;
  }
}
const validate = fhirValidator();

describe('conform report --format', () => {
  test('writes every format, and the step summary where the CI job wants it', async () => {
    await using folder = await temporaryFolder();
    const { code, out, summary, read } = await rendered(folder.path);
    expect(code).toBe(0);
    expect(out.trim().split('\n')).toHaveLength(ALL.length);
    expect(summary).toMatch(/^# of an earlier step\n## Shop 7: what it does on live\n/);
    expect(summary).toContain('| 1: `POST /v2/documents/` | ! broken, not as expected |');
    expect(await read('badge-live.svg')).toContain('live: 1 of 6 work');
    // These need the contract, and that is another here.
    for (const { render } of FORMATS.filter(({ name }) => !['sarif', 'coverage'].includes(name))) {
      for (const { name, text } of await render(shop)) expect(await read(name), name).toBe(text);
    }
    expect(await read('report.sarif')).toContain('operation/unrouted');
  });

  test('JUnit: what is not as expected fails', async () => {
    const xml = await fileOf(junit, 'junit.xml');
    expect(xml).toContain('<testsuite name="live" tests="6" failures="5" errors="0" skipped="0"');
    expect(xml).toContain('<testcase classname="live.items" name="GET /v2/items/"');
    expect(xml.match(/<failure /g)).toHaveLength(5);
    expect(xml).toContain('<failure type="crashed" message="broken, expected works');
  });

  test('SARIF: findings point to the line of the operation in the contract', async () => {
    interface Rule {
      id: string;
      shortDescription: { text: string };
      helpUri?: string;
      help?: { text: string };
    }
    const log = JSON.parse(await fileOf(sarif, 'report.sarif')) as {
      version: string;
      runs: {
        tool: { driver: { rules: Rule[] } };
        results: {
          ruleId: string;
          ruleIndex: number;
          message: { text: string };
          locations: {
            physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } };
          }[];
        }[];
      }[];
    };
    expect(log.version).toBe('2.1.0');
    const [run] = log.runs;
    const lines = SHOP.split('\n');
    const at = (rule: string, path: string) => {
      const result = run?.results.find(
        ({ ruleId, message }) => ruleId === rule && message.text.includes(path),
      );
      expect(run?.tool.driver.rules[result?.ruleIndex ?? -1]?.id).toBe(rule);
      const place = result?.locations[0]?.physicalLocation;
      expect(place?.artifactLocation.uri).toMatch(/openapi\.yaml$/);
      return lines.slice((place?.region.startLine ?? 0) - 3, place?.region.startLine).join('\n');
    };
    expect(at('answer/body-schema', '/people/')).toContain('/people/:');
    expect(run?.tool.driver.rules.find(({ id }) => id === 'answer/body-schema')).toEqual({
      id: 'answer/body-schema',
      shortDescription: { text: bodySchema.promise },
      helpUri: bodySchema.source.url,
      help: {
        text: `Promised by the contract: ${bodySchema.source.ref}. See answer/body-schema in docs/checks.md.`,
      },
    });
    expect(at('operation/unrouted', '/Widgets/')).toContain('/Widgets/:');
  });

  test('CapabilityStatement: only what was seen to work', async () => {
    const statement = JSON.parse(
      await fileOf(capabilityStatement, 'fhir/live-capability-statement.json'),
    ) as {
      kind: string;
      rest: { resource: { type: string; interaction: { code: string; documentation: string }[] }[] }[];
    };
    expect(statement.kind).toBe('instance');
    expect(statement.rest[0]?.resource).toEqual([
      { type: 'Patient', interaction: [{ code: 'search-type', documentation: 'GET /v2/items/' }] },
    ]);
  });

  test.skipIf(validate === undefined)(
    'CapabilityStatement and TestReport are valid FHIR R4 (skipped without the package fhir)',
    async () => {
      for (const [format, name] of [
        [capabilityStatement, 'capability-statement'],
        [testReport, 'test-report'],
      ] as const) {
        const result = validate?.(JSON.parse(await fileOf(format, `fhir/live-${name}.json`)) as object);
        expect(
          result?.messages.filter((message) => !/"severity":"info"/.test(JSON.stringify(message))),
        ).toEqual([]);
        expect(result?.valid).toBe(true);
      }
    },
  );

  test('an unknown format names those there are; the reports are no runs', async () => {
    await using folder = await temporaryFolder();
    const { spec } = await rendered(folder.path);
    const common = ['--spec-dir', spec, '--out', folder.path];
    const unknown = await conform(['report', ...common, '--format', 'docx']);
    expect(unknown.code).toBe(2);
    expect(unknown.err).toContain('Formats are: html, md, junit');
    const again = await conform(['report', ...common]);
    expect(again.code).toBe(0);
  });

  test('hostile words in a run stay words in XML', async () => {
    const hostile = ']]></failure><script>&amp;\u0000\u001b[31m"\'';
    const crash = { outcome: 'broken', layer: 'application', cause: 'crashed' } as const;
    const run = runOf([capability({ id: 'GET /v2/items/', ...crash, explanation: hostile })]);
    const [{ text: xml } = { text: '' }] = await junit.render(reportOf(run));
    expect(xml).not.toContain('<script>');
    expect(xml.match(/<\/failure>/g)).toHaveLength(1);
    // eslint-disable-next-line no-control-regex -- characters that XML does not allow at all
    expect(xml).not.toMatch(/[\u0000\u001b]/);
  });
});
