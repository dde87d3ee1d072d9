import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { PROMISES } from '../checks/index.js';
import { readRun } from '../record/store.js';
import { conform, temporaryFolder } from '../testing/conform.js';
import { serve } from '../testing/serve.js';

const CONTRACT = `
openapi: 3.0.3
info: { title: Shop, version: '1' }
paths:
  /things:
    get:
      operationId: listThings
      parameters: [{ name: limit, in: query, schema: { type: integer } }]
      responses: { '200': { description: ok, content: { application/json: { schema: { type: array } } } } }
`;

/** Runs a command on a host that gives three things, however few are asked for. */
async function on(
  checks: object,
  args: (spec: string) => string[],
  writes: { default: string; most: string } = { default: 'none', most: 'full' },
) {
  const asked: string[] = [];
  await using server = await serve((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(request.url?.startsWith('/things') === true ? 200 : 404, {
      'content-type': 'application/json',
    });
    response.end(request.method === 'HEAD' ? '' : '[{"id":1},{"id":2},{"id":3}]');
  });
  await using folder = await temporaryFolder();
  const spec = join(folder.path, 'spec');
  await mkdir(spec);
  await writeFile(join(spec, 'openapi.yaml'), CONTRACT);
  const live = { about: 'x', standing: 'assumed', baseUrl: server.url, writes };
  await writeFile(join(spec, 'targets.yaml'), stringify({ targets: { live } }));
  await writeFile(join(spec, 'checks.yaml'), stringify(checks));
  const out = join(folder.path, 'reports');
  const result = await conform([...args(spec), '--spec-dir', spec, '--out', out]);
  const file = /^Run:\s+(.*)$/m.exec(result.out)?.[1];
  const run = file === undefined ? undefined : await readRun(file);
  if (file !== undefined) {
    const report = ['report', '--run', file, '--format', 'sarif', '--spec-dir', spec, '--out', out];
    expect((await conform(report)).code).toBe(0);
  }
  const sarif = await readFile(join(out, 'latest/report.sarif'), 'utf8').catch(() => '');
  return { ...result, flat: result.out.replaceAll(/\s+/g, ' '), run, sarif, asked };
}

const check =
  (...more: string[]) =>
  () => ['check', '--target', 'live', ...more];
const WAIVER = { check: 'list/page-size', reason: 'the vendor knows', until: '2099-12-31', ticket: 'T-7' };

describe('checks.yaml', () => {
  test('says which checks are on, and the command line has the last word', async () => {
    const settings = { all: { on: ['list/*'] }, targets: { live: { off: ['list/page-size'] } } };
    const idsOf = async (...more: string[]) => {
      const { run } = await on(settings, check(...more));
      return run?.operations[0]?.checks?.map(({ id }) => id) ?? [];
    };
    const own = await idsOf();
    expect(own.length).toBeGreaterThan(5);
    expect(own.every((id) => id.startsWith('list/') && id !== 'list/page-size')).toBe(true);
    expect(await idsOf('--checks', 'list/page-size')).toEqual(['list/page-size']);
    expect(await idsOf('--no-checks', 'list/*')).toEqual([]);
    expect(await idsOf('--checks', 'list/*', '--no-checks', 'list/page-size')).toEqual(own);
  });

  test('a waiver with a reason keeps a finding from making its operation deviate', async () => {
    const without = await on({}, check('--checks', 'list/page-size'));
    expect([without.code, without.run?.operations[0]?.outcome]).toEqual([1, 'deviates']);
    const { code, flat, run, sarif } = await on(
      { all: { waivers: [{ ...WAIVER, operation: 'GET /things' }] } },
      check('--checks', 'list/page-size'),
    );
    const [operation] = run?.operations ?? [];
    expect([code, operation?.outcome, operation?.expected?.met]).toEqual([0, 'works', true]);
    expect(operation?.findings[0]).toMatchObject({
      severity: 'warning',
      accepted: { reason: 'the vendor knows', until: '2099-12-31', ticket: 'T-7' },
    });
    expect(flat).toContain('known GET /things: list/page-size: the vendor knows (until 2099-12-31)');
    expect(sarif).toContain('"justification": "known until 2099-12-31: the vendor knows, T-7"');
  });

  test('a waiver whose day is over says so, and the finding counts again', async () => {
    const over = { all: { waivers: [{ ...WAIVER, until: '2020-01-31' }] } };
    const { code, flat, run } = await on(over, check('--checks', 'list/page-size'));
    expect(code).toBe(1);
    expect(run?.operations[0]?.expected).toMatchObject({ met: false, code: 'acceptance-over' });
    expect(flat).toContain('it was accepted until 2020-01-31 (the vendor knows, T-7)');
  });

  test('a severity makes what practice says count, and what the contract says not', async () => {
    const { code, run } = await on(
      { all: { severity: { 'list/page-size': 'warning' } } },
      check('--checks', 'list/page-size'),
    );
    expect([code, run?.operations[0]?.findings[0]?.severity]).toEqual([0, 'warning']);
    const strict = await on(
      { all: { severity: { 'http/nonsense-path': 'error' } } },
      check('--checks', 'http/nonsense-path'),
    );
    expect(strict.run?.operations[0]?.outcome).toBe('works');
  });

  test('few records are fetched where nothing may be changed, and the plan says it', async () => {
    const production = { default: 'none', most: 'route' };
    const plan = await on({}, check('--plan', '--checks', 'all'), production);
    expect(plan.flat).toContain('Checks fetch at most 50 records.');
    expect((await on({}, check('--plan', '--checks', 'all'))).flat).not.toContain('records.');
    const { run, asked } = await on(
      { all: { budget: { records: 7 } } },
      check('--checks', 'list/*', '--checks', 'read/*'),
      production,
    );
    expect(asked.filter((path) => path.startsWith('/things')).length).toBeLessThanOrEqual(1 + 2);
    const whys = run?.operations[0]?.checks?.flatMap(({ why = '' }) => why) ?? [];
    expect(whys.join()).toContain('the checks of a run may fetch 7 records of this target');
  });

  test('names of no check, operation or target are refused', async () => {
    for (const option of ['--checks', '--no-checks']) {
      const { code, err } = await on({}, check(option, 'list/pagesize'));
      expect(code).toBe(2);
      expect(err).toContain('The nearest name is “list/page-size”');
    }
    const wrong = await on(
      { targets: { life: {} }, all: { waivers: [{ ...WAIVER, operation: 'GET /thing' }] } },
      check(),
    );
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('there is no target “life”');
    const operation = { all: { waivers: [{ ...WAIVER, operation: 'GET /thing' }] } };
    expect((await on(operation, check())).err).toContain('the contract has no operation “GET /thing”');
  });

  test('conform checks says which are on for a target, what each costs and finds', async () => {
    const settings = { targets: { live: { on: ['list/*'], severity: { 'list/page-size': 'warning' } } } };
    const { code, out } = await on(settings, () => ['checks', '--target', 'live', '--json']);
    expect(code).toBe(0);
    const listed: unknown = JSON.parse(out);
    expect(listed).toHaveLength(PROMISES.length);
    expect(listed).toContainEqual(
      expect.objectContaining({
        ...{ id: 'list/page-size', on: true, severity: 'warning', asks: { atMost: 1 } },
        codes: ['larger-than-asked'],
      }),
    );
    expect(listed).toContainEqual(expect.objectContaining({ id: 'read/id-echo', on: false }));
    const text = await on(settings, () => ['checks', '--target', 'live']);
    expect(text.flat).toMatch(/list\/page-size on .*finds: larger-than-asked/);
  });

  test('conform doctor looks at it', async () => {
    const { flat } = await on({ all: { on: ['lists/*'] } }, () => ['doctor', '--offline']);
    expect(flat).toContain('there is no check “lists/*”');
  });
});
