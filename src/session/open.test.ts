import { expect, test } from 'vitest';
import { Secrets } from '../targets/secrets.js';
import { standingClock } from '../testing/clock.js';
import { answer, contractOf, targetOf } from '../testing/host.js';
import { createBudget, UNBOUNDED } from './budget.js';
import { openTarget } from './open.js';

const FILES = 'https://files.shop.example';
const contract = contractOf(
  `/things/: { get: {} }\n/files/: { servers: [{ url: "${FILES}" }], get: {} }`,
  '[]',
  '[{ url: "https://api.shop.example" }]',
);

function open(servers: Record<string, string>) {
  const sent: string[] = [];
  const opened = openTarget({
    contract,
    target: targetOf({ baseUrl: 'https://h', servers: new Map(Object.entries(servers)), credentials: [] }),
    policy: 'none',
    budget: createBudget(UNBOUNDED),
    environment: {},
    secrets: new Secrets(),
    signal: new AbortController().signal,
    clock: standingClock(),
    chance: (bytes) => 'ab'.repeat(bytes),
    sender: {
      send: ({ url }) => {
        sent.push(url);
        return Promise.resolve(answer(200));
      },
      close: () => Promise.resolve(),
    },
  });
  const ask = (url: string) =>
    opened.session.ask({
      request: { method: 'GET', url, headers: {} },
      operation: 'GET /files/',
      identity: 'none',
      kind: 'operations',
      atMost: 'none',
      repeatable: false,
    });
  return { ...opened, ask, sent };
}

test('a target is asked at its own address and at those that its servers are mapped to', async () => {
  const { ask, sent } = open({ [FILES]: 'http://f' });
  for (const url of [
    'https://h/things/',
    'http://f/files/',
    `${FILES}/files/`,
    'https://api.shop.example/things/',
  ])
    await ask(url);
  expect(sent).toEqual(['https://h/things/', 'http://f/files/']);
});

test('without that it is asked at its own alone', async () => {
  const { ask, sent } = open({});
  expect(await ask(`${FILES}/files/`)).toEqual({ sent: false, refusal: { code: 'elsewhere' } });
  expect(sent).toEqual([]);
});

test('each address has its own list of what the run has created there', () => {
  const [own, files] = open({ [FILES]: 'http://f' }).sites;
  expect([own.baseUrl, files?.baseUrl]).toEqual(['https://h', 'http://f']);
  own.created.add('new-1');
  expect(files?.created.has('new-1')).toBe(false);
});
