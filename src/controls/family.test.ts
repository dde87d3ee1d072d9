import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createDriver } from '../drive/drive.js';
import type { Probe } from '../probe/build.js';
import { operationAt } from '../contract/operation-at.js';
import { createAbsentIds } from '../session/absent-ids.js';
import { systemChance } from '../chance.js';
import { PACKAGE_ROOT } from '../package.js';
import type { Answer } from '../targets/reply.js';
import { answer, BODY, contractOf, converseWith, type Sent } from '../testing/host.js';
import type { Control } from './control.js';
import { HOST_CONTROLS, OPERATION_CONTROLS } from './index.js';
import type { AskedOperation, HostSubject } from './subject.js';

const BASE = 'https://api.shop.example/v1';
const CONTRACT = contractOf(`
/items: { get: {}, post: { ${BODY} } }
/items/{id}: { get: {}, put: { ${BODY} }, delete: {} }
/status: { get: { security: [] } }
/items/_search: { post: { x-safe: true } }
/orders: { post: { ${BODY} } }
`);
const ALL: readonly Control<never, unknown>[] = [...HOST_CONTROLS, ...OPERATION_CONTROLS];

/** Hosts of every kind: what each says to a request. */
const HOSTS: Record<string, (sent: Sent) => Answer> = {
  'works for valid tokens': ({ token, path }) =>
    path.includes('absent')
      ? answer(404, 'no route')
      : token === 'valid'
        ? answer(200, [{ id: 'a' }])
        : answer(401, 'who?'),
  'works for everybody': () => answer(200, []),
  'knows nothing': ({ path }) => answer(404, `no ${path}`),
  'redirects everything': () => answer(302, '', { location: 'https://elsewhere.example/' }),
  fails: () => answer(500, 'sorry'),
  'never says the same twice': ({ path }) => answer(404, `${path} ${systemChance(3)} went wrong`),
  'is busy': () => answer(429, 'later'),
};

/** Every operation as it was asked with every token, with the answer of a host. */
function subjectsOn(host: (sent: Sent) => Answer) {
  const conversation = converseWith(host);
  const absent = createAbsentIds(systemChance);
  const probeOf = (id: string, method: string, path: string): Probe => {
    const url = BASE + path.replace('{id}', 'a');
    return {
      operation: id,
      role: 'operation',
      request: { method, url, headers: { accept: 'application/json' } },
      shown: BASE + path,
    };
  };
  const subject = async (): Promise<HostSubject> => {
    const asked: AskedOperation[] = [];
    for (const operation of CONTRACT.operations) {
      for (const token of operation.safe ? (['valid', 'none'] as const) : (['invalid'] as const)) {
        const probe = probeOf(operation.id, operation.method, operation.path);
        const came = await conversation.ask(probe, { token, repeatable: true });
        if (!('withheld' in came)) asked.push({ operation, probe, token, answer: came, isToken: false });
      }
    }
    conversation.sent.length = 0;
    return {
      ...{ baseUrl: BASE, operations: CONTRACT.operations, asked, absent },
      unknown: [absent.segment(), absent.segment()],
      takesCredentials: ({ secured }) => secured,
      refusalSeen: () => true,
      otherHost: { name: 'other', baseUrl: 'https://other.shop.example', conversation },
      otherBases: [{ baseUrl: 'https://api.shop.example', conversation }],
    };
  };
  return { conversation, subject };
}

describe.each(Object.entries(HOSTS))('on a host that %s', (_, host) => {
  test.each(HOST_CONTROLS.map((control) => [control.id, control] as const))(
    '%s keeps what it declares',
    async (_id, control) => {
      const { conversation, subject } = subjectsOn(host);
      const came = await createDriver(conversation, new AbortController().signal).drive(
        control,
        await subject(),
      );
      expect(['done', 'not-applicable']).toContain(came.kind);
      expect(conversation.sent.length).toBeLessThanOrEqual(control.asks.atMost);
      expect(conversation.sent.filter(isDangerous)).toEqual([]);
    },
  );

  test.each(OPERATION_CONTROLS.map((control) => [control.id, control] as const))(
    '%s keeps what it declares, for every operation',
    async (_id, control) => {
      const { conversation, subject } = subjectsOn(host);
      const ofHost = await subject();
      for (const one of ofHost.asked) {
        conversation.sent.length = 0;
        const driver = createDriver(conversation, new AbortController().signal);
        const came = await driver.drive(control, { ...one, host: ofHost });
        expect(['done', 'not-applicable']).toContain(came.kind);
        expect(conversation.sent.length).toBeLessThanOrEqual(control.asks.atMost);
        expect(conversation.sent.filter(isDangerous)).toEqual([]);
      }
    },
  );
});

/** What could change something if it met a route: nobody may send one. */
function isDangerous({ method, path, token, body }: Sent): boolean {
  if (['GET', 'HEAD', 'OPTIONS'].includes(method)) return false;
  const found = operationAt(method, path.replace(/^\/v1/, ''), CONTRACT.operations);
  if (found?.operation.safe === true) return false;
  return !(found === undefined && token === 'invalid' && path.includes('__absent') && body === undefined);
}

test('every control says in one sentence what it varies and what it can prove, under a name of its own', () => {
  expect(new Set(ALL.map(({ id }) => id)).size).toBe(ALL.length);
  for (const { id, varies, proves, asks } of ALL) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(varies).not.toBe('');
    expect(proves).toMatch(/^(whether|that|how) /);
    expect(asks.atMost).toBeGreaterThan(0);
  }
});

test('every control of this folder is in one of the lists', async () => {
  const folder = join(PACKAGE_ROOT, 'src/controls');
  const files = (await readdir(folder)).filter((name) => /(?<!\.test)\.ts$/.test(name));
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  const ids = texts.flatMap((text) =>
    [...text.matchAll(/^export const \w+: Control<[^=]*> = \{\s+id: '([^']+)'/gm)].map(([, id = '']) => id),
  );
  expect(ALL.map(({ id }) => id).sort()).toEqual(ids.sort());
});
