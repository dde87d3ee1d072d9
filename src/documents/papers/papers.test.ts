import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../../package.js';
import { conform, temporaryFolder } from '../../testing/conform.js';
import { specOf } from '../../testing/contract.js';
import { OAUTH, targetOf } from '../../testing/host.js';
import { recorded, recordedFile, type Recording } from '../../testing/recorded.js';

import { hostView } from './credentials.js';

const NAMES = [
  'blocker-brief',
  'compatibility-matrix',
  'credentials-status',
  'integration-status',
  'objective-facts',
  'readiness',
  'start-here',
];
const SECRETS = {
  WELLSKY_CLIENT_ID: 'client-id-for-tests',
  WELLSKY_CLIENT_SECRET: 'client-secret-for-tests',
};

const honest = await recorded('first-night');

test.each([
  ['https://h/v1', '/token', 'https://h/token'],
  ['https://h', '/token', 'https://h/token'],
  ['https://h/v1', 'https://login.shop.example/token', 'https://login.shop.example/token'],
])('at %s the token endpoint %s is shown as it is asked', (baseUrl, url, shown) => {
  const oauth = { ...OAUTH, url, header: 'Bearer {token}' };
  expect(hostView(honest, targetOf({ baseUrl, oauth })).tokenUrl).toBe(shown);
});

/** All papers of a recorded run, by name; they are made once and only read. */
async function papersOf(recording: Recording): Promise<Map<string, string>> {
  await using folder = await temporaryFolder();
  const args = ['report', '--run', recordedFile(recording), '--out', folder.path];
  const { code, err } = await conform([...args, ...NAMES.flatMap((name) => ['--template', name])], {
    env: SECRETS,
  });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const texts = NAMES.map(
    async (name) => [name, await readFile(join(folder.path, 'latest', `${name}.md`), 'utf8')] as const,
  );
  return new Map(await Promise.all(texts));
}

describe('the papers of 2026-01-29', () => {
  let papers: Map<string, string>;
  beforeAll(async () => {
    papers = await papersOf('first-night');
  });
  const paper = (name: string) => papers.get(name) ?? '';

  test.each(['blocker-brief', 'start-here', 'integration-status', 'compatibility-matrix', 'readiness'])(
    '%s: the paths are wrong, the credentials are good, and the developers have the next step',
    (name) => {
      expect(paper(name)).toContain('The paths are wrong, the credentials are good.');
      expect(paper(name)).toMatch(
        /GET \/v1\/Practitioner becomes GET \/v1\/practitioners\/.*\*\*Owner:\*\* our developers/,
      );
    },
  );

  test('the blocker brief asks the vendor nothing, and shows one exchange that works and one that fails', () => {
    expect(paper('blocker-brief')).toContain('## Questions to the vendor\n\nNone.');
    expect(paper('blocker-brief').split('\n')[0]).toMatch(/^# Blocked, \d{4}-\d{2}-\d{2} \d{2}:\d{2} UTC: /);
    expect(paper('blocker-brief')).toMatch(/`GET` `http[^`]+\/v1\/practitioners\/` at \S+Z, .*\*\*200\*\*/);
    expect(paper('blocker-brief')).toMatch(/`GET` `http[^`]+\/v1\/Practitioner` at \S+Z, .*\*\*403\*\*/);
    expect(paper('blocker-brief')).toContain('Invalid key=value pair (missing equal-sign)');
  });

  test('the credentials status names the variables, and says that no mail has to be written', () => {
    expect(paper('credentials-status').split('\n')[0]).toMatch(/: good$/);
    expect(paper('credentials-status')).toContain('None about credentials: they work.');
    expect(paper('credentials-status')).toContain('`WELLSKY_CLIENT_SECRET`');
  });

  test('the facts hold what was tried and no interpretation', () => {
    expect(paper('objective-facts')).toContain('### 1. `GET /v1/Practitioner`');
    expect(paper('objective-facts')).toMatch(
      /\| `GET \/v1\/practitioners\/` \| another spelling .* \| 200 \|/,
    );
    expect(paper('objective-facts')).not.toMatch(/have nothing to do with|ruled out|must be/i);
    expect(paper('objective-facts')).toContain('- production: not asked in these runs.');
  });

  test('nothing is ready, because nothing that the consumer needs was judged', () => {
    expect(paper('readiness')).toMatch(/^# Gigi, .*: NO VERDICT \(no go\), 0 of 10 scenarios/);
  });

  test('no paper holds a secret, and each says that it is an example', () => {
    for (const [name, text] of papers) {
      for (const secret of Object.values(SECRETS)) expect(text, name).not.toContain(secret);
      expect(text, name).toMatch(/replica that answers as the hosts did on \*\*2026-01-29\*\*/);
      expect(text, name).not.toMatch(/undefined|\[object/);
    }
  });
});

describe('the papers of 2026-02-26', () => {
  let papers: Map<string, string>;
  beforeAll(async () => {
    papers = await papersOf('2026-02-26');
  });
  const paper = (name: string) => papers.get(name) ?? '';

  test('one question goes to the vendor: the crash on documents, with its reproduction', () => {
    const [, questions = ''] =
      /## Questions to the vendor\n\n([\s\S]*?)\n## /.exec(paper('blocker-brief')) ?? [];
    expect(questions.match(/^- /gm)).toHaveLength(1);
    expect(questions).toContain('POST /v1/documentReferences/');
    expect(paper('blocker-brief')).toContain('-d @body.json');
    expect(paper('start-here')).toMatch(
      /First thing to do:\*\* On that day: Send the ticket “.*documentReferences/,
    );
  });

  test('what goes on by a workaround is distinguished from what stops', () => {
    expect(paper('start-here')).toMatch(
      /- File documents needs `POST \/v1\/documentReferences\/`: stopped on replica/,
    );
    expect(paper('start-here')).toMatch(/- Goes on: .*Clock in.*workaround: the same search by query/);
    expect(paper('readiness')).toMatch(/\| Note on a client \| works \| open \| yes \|/);
    expect(paper('readiness')).toMatch(/\| File documents \| fails \| shut \| no \| .*since 2026-02-22/);
  });

  test('the matrix has a row for each operation, and the integration status a command', () => {
    expect(paper('compatibility-matrix').match(/^\| `/gm)).toHaveLength(63);
    expect(paper('compatibility-matrix')).toMatch(/\| `POST \/v1\/documentReferences\/` \| ! broken 500 \|/);
    expect(paper('integration-status')).toMatch(/`GET \/v1\/practitioners\/`: \*\*works\*\*.*`curl -i /);
  });
});

describe('templates', () => {
  test('are listed, the user’s own before ours', async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'readiness.md.hbs'), 'ours\n');
    await writeFile(join(folder.path, 'for-the-board.md.hbs'), 'board\n');
    const { code, out } = await conform(['report', '--list-templates', '--templates', folder.path]);
    expect(code).toBe(0);
    expect(out.split('\n').flatMap((line) => line.split(' ')[0] || [])).toEqual(
      [...NAMES, 'for-the-board'].sort(),
    );
    expect(out).toContain(join(folder.path, 'readiness.md.hbs'));
    expect(out).toContain(join(PACKAGE_ROOT, 'templates/papers/start-here.md.hbs'));
  });

  test.each([
    ['printed', '# One\n\n{{nowhere}}\n', 3],
    ['escaped', '# One\n{{md nowhere}}\n', 2],
    ['asked for', '{{#if next}}\n\n{{#if nowhere}}x{{/if}}\n{{/if}}\n', 3],
    ['walked through', '{{#each runs}}\n{{#each nowhere}}x{{/each}}\n{{/each}}\n', 2],
  ])(
    'a value that is not there and is %s: exit code 2, file and line, and no paper',
    async (_, source, line) => {
      await using folder = await temporaryFolder();
      const run = await writeHostileRun(folder.path);
      const file = join(folder.path, 'own.md.hbs');
      await writeFile(file, source);
      const { code, err } = await conform([
        ...['report', '--run', run, '--spec-dir', await smallSpec(folder.path), '--out', folder.path],
        ...['--templates', folder.path, '--template', 'own'],
      ]);
      expect(code).toBe(2);
      expect(err).toContain(`${file}:${line}`);
      await expect(readFile(join(folder.path, 'latest/own.md'))).rejects.toThrow('ENOENT');
    },
  );

  test('a token that is refused is reported as such, with a mail that holds the answer', async () => {
    await using folder = await temporaryFolder();
    const run = structuredClone(honest);
    for (const operation of run.operations) {
      Object.assign(operation, { outcome: 'skipped', exchanges: [], explanation: 'No token could be had.' });
      const facts = {
        ...{ method: 'POST', url: 'https://api.shop.example/token', at: '2026-01-29T20:00:00.000Z' },
        ...{ status: '401', came: '401, “invalid_client”' },
      };
      const code = { code: 'token-refused', facts: {} };
      operation.codes = { explanation: code, evidence: [{ code: 'answer', facts }], ruledOut: [] };
    }
    const file = join(folder.path, 'refused.json');
    await writeFile(file, JSON.stringify(run));
    const args = ['report', '--run', file, '--spec-dir', await smallSpec(folder.path), '--out', folder.path];
    expect((await conform([...args, '--template', 'credentials-status'])).code).toBe(0);
    const text = await readFile(join(folder.path, 'latest/credentials-status.md'), 'utf8');
    expect(text.split('\n')[0]).toMatch(/: refused$/);
    expect(text).toMatch(/Next step:\*\* On that day: Have the credentials for replica checked/);
    expect(text).toMatch(
      /^ {4}.*no token was given: POST \S+ at 2026-01-29T20:00:00.000Z: 401, “invalid_client”/m,
    );
  });

  test('a run of a mock is no evidence: exit code 3', async () => {
    await using folder = await temporaryFolder();
    const run = { ...honest, target: 'mock', world: undefined };
    const file = join(folder.path, 'mock.json');
    await writeFile(file, JSON.stringify(run));
    const args = ['report', '--run', file, '--out', folder.path, '--template', 'readiness'];
    const { code, err } = await conform(args);
    expect(code).toBe(3);
    expect(err).toContain('proves nothing about the vendor');
  });

  test('one that is not there: exit code 2, and the names of those that are', async () => {
    await using folder = await temporaryFolder();
    const run = await writeHostileRun(folder.path);
    const { code, err } = await conform([
      'report',
      '--run',
      run,
      '--out',
      folder.path,
      '--template',
      'start',
    ]);
    expect(code).toBe(2);
    expect(err).toContain('start-here');
  });

  test('what comes from outside is shown as it is: no mark-up of it is at work in any paper', async () => {
    await using folder = await temporaryFolder();
    const run = await writeHostileRun(folder.path);
    await writeFile(
      join(folder.path, 'page.html.hbs'),
      '{{#each refusals}}{{#each operations}}<p>{{explanation}}</p>{{/each}}{{/each}}',
    );
    const args = [...NAMES, 'page'].flatMap((name) => ['--template', name]);
    const { code } = await conform([
      ...['report', '--run', run, '--out', folder.path, '--templates', folder.path],
      ...args,
    ]);
    expect(code).toBe(0);
    for (const name of NAMES) {
      const text = await readFile(join(folder.path, 'latest', `${name}.md`), 'utf8');
      // What is in a code span or an indented block is shown literally.
      const live = text.replace(/^ {4}.*$/gm, '').replace(/(`+)[\s\S]*?\1/g, '');
      expect(live, name).not.toMatch(/(?<!\\)<img|(?<!\\)\[x(?<!\\)\]\(/);
    }
    const brief = await readFile(join(folder.path, 'latest/blocker-brief.md'), 'utf8');
    expect(brief).toContain('\\<img src=x onerror=alert(1)\\> \\[x\\](javascript:1) \\| \\*b\\*');
    expect(await readFile(join(folder.path, 'latest/page.html'), 'utf8')).toContain('&lt;img src&#x3D;x');
  });
});

const HOSTILE = '<img src=x onerror=alert(1)> [x](javascript:1) | *b*\n# h';

/** A spec folder that is soon read: its contract has the calls of the run, and nothing else. */
function smallSpec(folder: string): Promise<string> {
  return specOf(
    folder,
    honest.operations.map(({ id }) => id),
  );
}

/** A run whose texts try to be mark-up. @returns its file */
async function writeHostileRun(folder: string): Promise<string> {
  const run = structuredClone(honest);
  for (const operation of run.operations) {
    Object.assign(operation, { explanation: HOSTILE, fix: HOSTILE, tag: HOSTILE, evidence: [HOSTILE] });
    operation.ruledOut = [{ cause: HOSTILE, because: HOSTILE }];
    for (const exchange of operation.exchanges) {
      exchange.message = HOSTILE;
      if (exchange.purpose !== undefined) exchange.purpose = HOSTILE;
    }
  }
  run.contract.title = HOSTILE;
  const file = join(folder, 'hostile.json');
  await writeFile(file, JSON.stringify(run));
  return file;
}
