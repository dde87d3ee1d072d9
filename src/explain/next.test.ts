import { expect, test } from 'vitest';
import { say } from '../verdict/sentences.js';
import { CAUSES, type Cause } from '../verdict/causes.js';
import type { Verdict } from '../verdict/verdict.js';
import { nextSteps } from './next.js';
import { UNKNOWN_REQUEST, type PastedRequest } from './paste.js';

const verdict = (cause: Cause): Verdict => ({
  outcome: 'denied',
  layer: 'gateway',
  cause,
  explanation: say('works', {}),
  evidence: [],
  ruledOut: [],
});
const commands = (cause: Cause, request: Partial<PastedRequest>) =>
  nextSteps(verdict(cause), { ...UNKNOWN_REQUEST, ...request }, undefined).map(({ command }) => command);

test('a command repeats the request with a place for each value', () => {
  const url = 'https://a:secret-for-tests@api.example/things/4711?phone=3035550100';
  expect(commands('token-missing', { method: 'GET', url })).toEqual([
    'curl -i -H "Authorization: Bearer $TOKEN" "https://api.example/things/‹id›?phone=‹phone›"',
    'curl -i "https://api.example/things/‹id›?phone=‹phone›"',
  ]);
});

test('what is not known of the address is a place as well', () => {
  expect(commands('dns-failure', {})).toEqual(['nslookup ‹host›']);
  expect(commands('connection-reset', { url: '/v1/things' })).toEqual(['curl -v "https://‹host›/v1/things"']);
  expect(commands('connection-reset', { url: '//api.example/v1' })).toEqual([
    'curl -v "https://api.example/v1"',
  ]);
});

test('nothing that changes something is repeated', () => {
  const all = Object.keys(CAUSES).flatMap((cause) =>
    nextSteps(
      verdict(cause as Cause),
      { ...UNKNOWN_REQUEST, method: 'DELETE', url: 'https://api.example/v1' },
      undefined,
    ),
  );
  expect(all.filter(({ command }) => /-X (?!OPTIONS)/.test(command))).toEqual([]);
  expect(all.find(({ command }) => command === 'curl -i "https://api.example/v1"')?.shows).toContain(
    'asked by GET',
  );
});

test('every cause has something that would prove it', () => {
  for (const cause of Object.keys(CAUSES))
    expect(commands(cause as Cause, {}).length, cause).toBeGreaterThan(0);
});
