import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { readVariants } from '../bench/variants.js';
import { readLists } from '../checks/stated/lists.js';
import { readChecks } from '../checks/stated/settings.js';
import { readConsumers } from '../impact/consumer.js';
import { readNightly } from '../nightly/settings.js';
import { once } from '../once.js';
import { PACKAGE_ROOT } from '../package.js';
import { Problem, Problems, type Place } from '../problem.js';
import { readSamples } from '../probe/samples.js';
import { readWorlds } from '../replica/world.js';
import { readExpected } from '../record/expected.js';
import { misnamed, type Named } from '../targets/named.js';
import { readHosts } from '../targets/targets.js';
import { copyOfSpec, temporaryFolder } from '../testing/conform.js';
import { SEED } from '../testing/seed.js';
import { THOROUGH } from '../testing/thorough.js';
import { readSupport } from '../documents/ticket/support.js';
import { readSignatures } from '../verdict/signatures.js';
import { planFlows } from '../workflow/plan.js';
import { readWorkflows } from '../workflow/read.js';
import { readNegatives } from './negatives.js';
import { openSpec } from './open.js';

/** Files that the package’s own folder does not have. */
const MORE = {
  'checks.yaml': `all:
  on: [list/*]
  off: [list/page-size]
  severity: { read/absent-id: warning }
  budget: { perOperation: 3, perRun: 40, records: 100 }
  latency: { most: 900, operations: { GET /v1/patients/: 300 } }
targets:
  production:
    waivers:
      - { check: read/absent-id, operation: GET /v1/patients/, code: found, reason: known, until: 2028-02-29, ticket: T-1 }
`,
  'lists.yaml': `all: { items: /entry, total: /total, next: /next }
operations:
  GET /v1/patients/: { page: _page, size: _count, origin: 1, filters: { last_name: /name } }
`,
  'expected/production.yaml': `writes: route
operations:
  GET /v1/patients/:
    outcome: broken
    cause: crashed
    status: 500
    findings: []
    accepted:
      { reason: known, owner: us, ticket: T-1, until: 2028-02-29, by: us, on: 2026-01-01, fingerprint: a, shape: {} }
`,
};

/** What reads a file, and gives the names in it. */
type Reader = (dir: string) => Promise<readonly Named[]>;
const named = (read: (dir: string) => Promise<{ named: readonly Named[] }>): Reader => {
  return async (dir) => (await read(dir)).named;
};
const plain = (read: (dir: string) => Promise<unknown>): Reader => {
  return async (dir) => {
    await read(dir);
    return [];
  };
};
const READERS: readonly [start: string, read: Reader][] = [
  ['targets.yaml', named(readHosts)],
  ['samples.yaml', named(readSamples)],
  ['signatures.yaml', plain(readSignatures)],
  ['worlds/', named(readWorlds)],
  ['consumers/', async (dir) => (await readConsumers(dir)).flatMap((one) => one.named)],
  ['expected/', named(readExpected)],
  ['support.yaml', plain(readSupport)],
  ['checks.yaml', named(readChecks)],
  ['lists.yaml', named(readLists)],
  [
    'workflows/',
    async (dir) => {
      const documents = await readWorkflows(dir);
      planFlows(documents, (await known()).contract);
      return documents.flatMap((one) => one.named);
    },
  ],
  ['nightly.yaml', named(readNightly)],
  ['negatives.yaml', named(readNegatives)],
  ['caller-id/', plain(readVariants)],
];

/** Members whose names are for whoever writes the file to choose, or are those of what is sent. */
const FREE: readonly [file: RegExp, member: RegExp, why: string][] = [
  [/^targets/, /^\/targets\/[^/]+$/, 'the name of a target; what names it is found'],
  [/^targets/, /\/environment\//, 'a variable of the environment'],
  [/^samples/, /\/body\//, 'a body is held against the contract where it is sent'],
  [/^worlds/, /\/body\//, 'what a host answers'],
  [/^worlds/, /\/routes\/POST \/oauth\/token$/, 'a route that the world says is no operation'],
  [/^worlds/, /\/headers\/[^/]+$/, 'a header that a host sends'],
  [/^worlds/, /\/(record|each|sets|reuses)\//, 'a member of a record'],
  [/^worlds/, /\/resources\/[^/]+$/, 'the name of a resource; what names it is found'],
  [/^worlds/, /\/(filters|fields|where)\/[^/]+$/, 'a filter or order of the host, in a query or in a body'],
  [/^workflows/, /\/payload\//, 'a body that is sent'],
  [
    /^workflows/,
    /\/(properties|outputs|x-outputs)\/[^/]+$/,
    'a name in the workflow; what names it is found',
  ],
  [/^signatures/, /\/headers\/[^/]+$/, 'a header that a host sends'],
  [/^caller-id/, /\/detail\/[^/]+$/, 'a kind of caller'],
];

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let dir: string;
const known = once(async () => {
  const parts = ['contract', 'hosts', 'consumers'] as const;
  const { contract, hosts, consumers } = await openSpec(join(PACKAGE_ROOT, 'spec'), parts);
  return { contract, targets: hosts.targets, consumers };
});

beforeAll(async () => {
  folder = await temporaryFolder();
  dir = await copyOfSpec(folder.path);
  await mkdir(join(dir, 'expected'));
  for (const [file, text] of Object.entries(MORE)) await writeFile(join(dir, file), text);
});
afterAll(() => folder[Symbol.asyncDispose]());

/** A member of a file: the steps to it, and where its name is. */
interface Member {
  name: string;
  pointer: string;
  line: number;
  at: number;
  length: number;
}

function membersOf(text: string): Member[] {
  const lines = new LineCounter();
  const found: Member[] = [];
  visit(parseDocument(text, { lineCounter: lines }), {
    Pair: (_, pair, ancestors) => {
      const { key } = pair;
      if (!isScalar(key) || !key.range) return;
      const steps = [...ancestors, pair].flatMap((node, index, all) => {
        if (typeof node !== 'object' || !('key' in node)) {
          const next: unknown = all[index + 1];
          return 'items' in node && Array.isArray(node.items) && next !== pair && !isPairOf(node.items, next)
            ? [String(node.items.findIndex((item) => item === next))]
            : [];
        }
        return [String(isScalar(node.key) ? node.key.value : '')];
      });
      found.push({
        name: String(key.value),
        pointer: `/${steps.join('/')}`,
        line: lines.linePos(key.range[0]).line,
        at: key.range[0],
        length: key.range[1] - key.range[0],
      });
    },
  });
  return found;
}

function isPairOf(items: readonly unknown[], next: unknown): boolean {
  return items.some((item) => item === next && typeof item === 'object' && item !== null && 'key' in item);
}

/** Where something is wrong, and what is said of it. */
type Said = Place & { message: string };

async function placesOf(read: Reader): Promise<Said[]> {
  try {
    const found = await read(dir);
    return misnamed(found, await known()).map(({ place, name }) => ({ ...place, message: name }));
  } catch (error) {
    const all = error instanceof Problems ? error.all : error instanceof Problem ? [error] : undefined;
    if (!all) throw error;
    return all.flatMap(({ place, message }) => (place ? [{ ...place, message }] : []));
  }
}

/** Numbers below a bound, the same ones for the same seed (a linear congruential generator). */
function drawFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

async function filesOf(): Promise<string[]> {
  const all = await readdir(dir, { recursive: true });
  return all.filter((name) => name.endsWith('.yaml') && !/^(swagger|auth)/.test(name)).sort();
}

/** Of how many names of a file one is tried, drawn by the seed: in CI of three, every night each. */
const OF = THOROUGH ? 1 : 3;

test(`a member name of a file that is misspelled is found with its line (seed ${SEED})`, async () => {
  const chance = drawFrom(SEED);
  const missed: string[] = [];
  let tried = 0;
  for (const name of await filesOf()) {
    const read = READERS.find(([start]) => name.startsWith(start))?.[1];
    expect(read, `something reads ${name}`).toBeDefined();
    if (!read) continue;
    const file = join(dir, name);
    const text = await readFile(file, 'utf8');
    expect(await placesOf(read), name).toEqual([]);
    const byName = new Map<string, Member[]>();
    for (const member of membersOf(text)) {
      if (FREE.some(([of, what]) => of.test(name) && what.test(member.pointer))) continue;
      byName.set(member.name, [...(byName.get(member.name) ?? []), member]);
    }
    for (const [key, members] of byName) {
      if (chance(OF) > 0) continue;
      const member = members[chance(members.length)];
      if (!member) continue;
      tried += 1;
      // What the parameters of a path are called does not count.
      const fixed = text.slice(member.at, member.at + member.length).replace(/\{.*/, '').length;
      const cut = member.at + Math.max(1, Math.ceil(fixed / 2));
      await writeFile(file, `${text.slice(0, cut)}qq${text.slice(cut)}`);
      const places = await placesOf(read);
      const isFound = places.some(
        ({ file: where, line, message }) =>
          (relative(dir, where) === name && line === member.line) ||
          // A world that extends this one misses the name that was there.
          (name.startsWith('worlds/') && relative(dir, where) !== name && message.includes(`“${key}”`)),
      );
      if (!isFound) missed.push(`${name}:${member.line} ${member.pointer}`);
    }
    await writeFile(file, text);
  }
  expect(tried).toBeGreaterThan(300 / OF);
  expect(missed).toEqual([]);
});
