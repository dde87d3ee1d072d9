import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { PACKAGE_ROOT } from './package.js';

const SOURCE = join(PACKAGE_ROOT, 'src');
/** Workspace packages, which are beside the stages and use them through the kit. */
const PACKAGES = join(PACKAGE_ROOT, 'packages');

/**
 * The stages, in the order in which the data goes through them. A stage imports only stages to its left.
 * Those that are in one group are at the same place in the order and may not know each other.
 */
const ORDER: readonly (readonly string[])[] = [
  ['percent.ts', 'once.ts', 'groups.ts', 'nearest.ts', 'clock.ts', 'errors'],
  ['abort.ts', 'author.ts', 'chance.ts', 'clock.ts', 'json.ts', 'package.ts', 'problem.ts'],
  // What others wrote is read and run with limits.
  ['bounded'],
  ['pattern'],
  ['document'],
  ['contract'],
  ['contract-rules'],
  ['targets'],
  ['request'],
  ['session'],
  ['artefact', 'client'],
  ['probe'],
  ['exchange'],
  ['drive'],
  ['controls'],
  ['verdict'],
  ['checks'],
  ['contract-coverage'],
  // What a run shows is read without whatever has made it.
  ['record'],
  ['engine'],
  // What a bench has found, and what it measures. The bench itself is a package.
  ['bench', 'workflow'],
  ['impact'],
  // What runs show over time is in the report, and in the tickets.
  ['history'],
  // Whether one may deploy is what a report begins with; a ticket's text shows what has become of it.
  ['gate', 'tickets'],
  ['mock', 'replica', 'generate', 'documents', 'drift', 'audit', 'explain'],
  // Whom a night notifies, and what a night is.
  ['notify'],
  ['nightly'],
  // Who keeps records elsewhere than in files derives an index of them.
  ['store'],
  ['spec'],
  // What programs of others import, and the command line is made of.
  ['library'],
  // Many agencies by many workers. How a night is passed is given to it.
  ['fleet'],
  ['doctor', 'init'],
  ['cli'],
  // What the stages give to packages.
  ['kit.ts'],
];

async function sources(folder = SOURCE): Promise<string[]> {
  const all = await readdir(folder, { recursive: true });
  // Declarations hold no code; what serves the tests of a package is no part of it.
  return all.filter(
    (name) =>
      name.endsWith('.ts') &&
      !/\.(test|d)\.ts$/.test(name) &&
      !/^testing\/|\/(src\/testing|dist|node_modules)\//.test(name),
  );
}

function stageOf(file: string): string {
  return file.split('/')[0] ?? '';
}

function rankOf(stage: string): number {
  return ORDER.findIndex((group) => group.includes(stage));
}

test('every folder has its place in the way of the data', async () => {
  for (const file of await sources()) expect(rankOf(stageOf(file)), file).toBeGreaterThanOrEqual(0);
});

test('each stage imports only stages before it', async () => {
  const wrong: string[] = [];
  for (const file of await sources()) {
    const text = await readFile(join(SOURCE, file), 'utf8');
    for (const [, path = ''] of text.matchAll(/(?:from |import\()'(\.[^']+)'/g)) {
      const other = relative(SOURCE, join(SOURCE, dirname(file), path));
      if (other.startsWith('..') || path === '') continue;
      const from = stageOf(file);
      const to = stageOf(other).replace(/\.js$/, '.ts');
      if (from !== to && rankOf(to) >= rankOf(from)) wrong.push(`${file} imports ${other}`);
    }
  }
  expect(wrong).toEqual([]);
});

test('a package uses the stages through the kit, and only commands load a package', async () => {
  const wrong: string[] = [];
  for (const file of await sources(PACKAGES)) {
    const [name = ''] = file.split('/');
    const text = await readFile(join(PACKAGES, file), 'utf8');
    for (const [, path = ''] of text.matchAll(/(?:from |import\()'((?:\.|wellsky-conform\/)[^']*)'/g)) {
      const other = path.startsWith('.') ? join(dirname(file), path) : path;
      if (!other.startsWith(`${name}/src/`) && other !== 'wellsky-conform/kit')
        wrong.push(`${file} imports ${other}`);
    }
  }
  for (const file of await sources()) {
    const text = await readFile(join(SOURCE, file), 'utf8');
    if (/['/]packages\/|'wellsky-conform[/-]/.test(text) && !/^cli\/(actions\/|installed\.ts)/.test(file))
      wrong.push(`${file} names a package`);
  }
  expect(wrong).toEqual([]);
});

test('the harness knows no vendor: no word of the world that it is pointed at is in the code', async () => {
  const words = /wellsky|clearcare|practitioner|relatedperson|referralsource|\b4505\b/i;
  for (const file of await sources()) {
    const lines = (await readFile(join(SOURCE, file), 'utf8')).split('\n');
    expect(
      // The packages of this repository have its name.
      lines.filter((line) => words.test(line.replace(/'wellsky-conform-/, ''))),
      file,
    ).toEqual([]);
  }
});

/** What can open a connection, and the files that may. Everything that goes to a target goes through the session. */
const OPENERS: readonly [what: string, pattern: RegExp, allowed: readonly string[]][] = [
  // The published client has connections of its own; inside the program it sends through the session.
  // A notifier asks no target: it sends a message to whoever the user has named.
  ['undici', /from 'undici[/']/, ['session/send.ts', 'client/client.ts', 'notify/post.ts']],
  ['the fetch of the platform', /(?<![.\w])fetch\(|globalThis\.fetch/, []],
  // Doctor looks at what lies below HTTP; it sends nothing there. The store gives the driver of PostgreSQL its sockets, to cut them.
  [
    'a socket',
    /'node:(?:net|tls|dgram|http2)'/,
    ['doctor/network.ts', 'packages/caller-id/src/engine/embedded.ts', 'store/postgres/connect.ts'],
  ],
  ['HTTP', /'node:https?'/, ['replica/listen.ts']],
  ['a name server', /'node:dns(?:\/promises)?'/, ['doctor/network.ts']],
  ['the mock', /import\('@stoplight\/prism-http-server'\)/, ['mock/mock.ts']],
  [
    'PostgreSQL',
    /^import pg from 'pg'|import\('pg'\)/m,
    [
      'packages/caller-id/src/bench/sessions.ts',
      'packages/caller-id/src/engine/embedded.ts',
      'packages/caller-id/src/engine/on-database.ts',
      'packages/caller-id/src/engine/own-server.ts',
      'store/postgres/connect.ts',
    ],
  ],
];

test.each(OPENERS)('nothing else opens a connection: %s', async (_, pattern, allowed) => {
  const files = [
    ...(await sources()).map((name) => [name, join(SOURCE, name)] as const),
    ...(await sources(PACKAGES)).map((name) => [`packages/${name}`, join(PACKAGES, name)] as const),
  ];
  const found: string[] = [];
  for (const [name, file] of files) {
    // What serves the tests of one stage is no part of the program.
    if (name.includes('/testing/')) continue;
    if (pattern.test(await readFile(file, 'utf8'))) found.push(name);
  }
  expect(found.sort()).toEqual([...allowed].sort());
});

test('inside the program the typed client sends through the session', async () => {
  const callers = [...(await sources()).map((file) => `src/${file}`), 'suites/live-target.ts'];
  for (const file of callers) {
    const text = await readFile(join(PACKAGE_ROOT, file), 'utf8');
    if (/createApiClient<|createClient\(/.test(text) && !/client(-module)?\.ts$/.test(file))
      expect(text, file).toContain('fetchThrough(session');
  }
});
