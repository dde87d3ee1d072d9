import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'prettier';
import { beforeAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { CHECKS, PROMISES } from '../checks/index.js';
import type { Run } from '../record/run.js';
import { readRun } from '../record/store.js';
import { conform, temporaryFolder } from '../testing/conform.js';
import { serve } from '../testing/serve.js';
import { NOT_HERE, placeOf, VIOLATIONS, violating, violatingContract } from '../testing/violating-server.js';

const DOCS = '../../docs/faults.md';
const ENV = { BOATS_TOKEN: 'token-for-tests' };
/** Every code of every check. */
const CODES = PROMISES.flatMap(({ id, messages }) => Object.keys(messages).map((code) => `${id} ${code}`));

interface Reported {
  run: Run;
  terminal: string;
  junit: string;
  sarif: string;
}

/** A run of the whole program with all checks, in which each counts as an error; and what it is reported as. */
async function checkAll(): Promise<Reported> {
  await using server = await serve(violating);
  await using folder = await temporaryFolder();
  const spec = join(folder.path, 'spec');
  const out = join(folder.path, 'reports');
  await mkdir(spec);
  const files = {
    'openapi.yaml': violatingContract(),
    'targets.yaml': {
      targets: {
        live: {
          ...{ about: 'boats', standing: 'assumed', baseUrl: server.url },
          credentials: [{ scheme: 'bearer', bearer: { token: 'BOATS_TOKEN' } }],
          writes: { default: 'full', most: 'full' },
        },
      },
    },
    'checks.yaml': {
      all: {
        on: ['all', 'input/valid-accepted'],
        severity: Object.fromEntries(PROMISES.map(({ id }) => [id, 'error'])),
        budget: { perRun: 50_000 },
      },
    },
  };
  for (const [name, value] of Object.entries(files)) await writeFile(join(spec, name), stringify(value));
  const common = ['--spec-dir', spec, '--out', out];
  const checked = await conform(['check', '--target', 'live', '--quiet', '--details', ...common], {
    env: ENV,
  });
  expect(checked.err).toBe('');
  expect(checked.code).toBe(1);
  const file = /^Run:\s+(.*)$/m.exec(checked.out)?.[1] ?? '';
  for (const format of ['junit', 'sarif']) {
    const { code, err } = await conform(['report', '--run', file, '--format', format, '--quiet', ...common]);
    expect([code, err]).toEqual([0, '']);
  }
  const report = (name: string) => readFile(join(out, 'latest', name), 'utf8');
  return {
    run: await readRun(file),
    terminal: checked.out,
    junit: await report('junit.xml'),
    sarif: await report('report.sarif'),
  };
}

let reported: Reported;
beforeAll(async () => {
  reported = await checkAll();
}, 480_000);

/** Every way in which the server breaks a promise, and where. */
const BROKEN = VIOLATIONS.flatMap((violation) =>
  [violation.finds, ...(violation.also ?? [])].map((finds) => [finds, violation] as const),
);

test('every code of every check is one that the server brings about, or there is a reason why not', () => {
  const here = [...BROKEN.map(([finds]) => finds), ...Object.keys(NOT_HERE)];
  expect(here.toSorted()).toEqual(CODES.toSorted());
});

test.each(BROKEN)('%s is found at its route, and is in every report', (finds, violation) => {
  const [check = '', code = ''] = finds.split(' ');
  const { run, terminal, junit, sarif } = reported;
  const found = run.operations.flatMap(({ id, findings }) =>
    findings.filter((one) => one.check === check && one.code === code).map((finding) => ({ id, finding })),
  );
  // What is one of the whole host is seen at the first operation that shows it.
  const isOfHost = CHECKS.some(({ id, scope }) => id === check && scope === 'host');
  const own = found.find(({ id }) => isOfHost || id.includes(`${placeOf(violation)}/`));
  expect(own, JSON.stringify(checksAt(check, violation))).toBeDefined();
  const { message = '' } = own?.finding ?? {};
  const flat = terminal.replaceAll(/\s+/g, ' ');
  expect(flat).toContain(check);
  // What several routes break in the same way is said once.
  expect(found.some(({ finding }) => flat.includes(finding.message))).toBe(true);
  expect(junit).toContain(`${check} ${own?.finding.pointer ?? ''}: ${escaped(message)}`);
  expect(sarif).toContain(JSON.stringify(`${own?.id ?? ''} on live`).slice(1, -1));
  expect(sarif).toContain(`${check} · ${code}`);
});

test('what each fault is reported as is in the docs, and its own check reports each', async () => {
  const rows = BROKEN.map(([finds, violation]) => {
    const [own = ''] = finds.split(' ');
    const others = new Set(
      reported.run.operations
        .filter(({ id }) => id.includes(`${placeOf(violation)}/`))
        .flatMap(({ findings }) => findings.map(({ check }) => check)),
    );
    others.delete(own);
    const codes = [...others].toSorted().map((id) => `\`${id}\``);
    return `| \`${finds}\` | ${codes.join(', ') || '–'} |`;
  });
  const unseen = Object.entries(NOT_HERE).map(([finds, why]) => `| \`${finds}\` | ${why} |`);
  const text = [
    '# Which check finds which fault',
    '',
    'A server breaks each promise in each way in which a check can find it broken, each at routes of its own',
    '(`src/testing/violating-server.ts`). One run holds it to all checks. Each fault is found by its own check, and',
    'is in the terminal, the run file, JUnit and SARIF; some are seen by other checks too.',
    '',
    '| fault: check and code | also reported by |',
    '| --- | --- |',
    ...rows,
    '',
    'Not brought about by this server; the test beside the check does it:',
    '',
    '| fault | why |',
    '| --- | --- |',
    ...unseen,
    '',
  ].join('\n');
  await expect(await format(text, { parser: 'markdown', printWidth: 120 })).toMatchFileSnapshot(DOCS);
});

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** What came of the check at its route, for who looks why it was not found. */
function checksAt(check: string, violation: (typeof VIOLATIONS)[number]): string[] {
  return reported.run.operations
    .filter(({ id }) => id.includes(`${placeOf(violation)}/`))
    .map(
      ({ id, outcome, explanation, checks = [], findings }) =>
        `${id} ${outcome} ${explanation} ${JSON.stringify(checks.filter((one) => one.id === check))} ` +
        findings.map((one) => `${one.check} ${one.code ?? ''}`).join(', '),
    );
}
