import { expect, test } from 'vitest';
import { checkOn } from '../../testing/checks.js';
import { answer } from '../../testing/host.js';
import type { Answer } from '../../targets/reply.js';
import { hostHygiene } from './host-hygiene.js';

const CLEAN = { 'strict-transport-security': 'max-age=31536000', 'x-content-type-options': 'nosniff' };
const on = (headers: Record<string, string>, base?: string) =>
  checkOn(hostHygiene, {
    ...{ paths: '/boats: { get: {} }', operation: 'GET /boats', ...(base === undefined ? {} : { base }) },
    host: () => answer(200, [], headers),
  });

test.each<[what: string, headers: Record<string, string>, gives: string]>([
  ['has all', CLEAN, 'passed'],
  [
    'writes them otherwise',
    { 'strict-transport-security': 'includeSubDomains; Max-Age="60"', 'x-content-type-options': 'NoSniff' },
    'passed',
  ],
  ['has no HSTS', { 'x-content-type-options': 'nosniff' }, 'no-hsts'],
  ['writes blanks into HSTS', { ...CLEAN, 'strict-transport-security': 'max-age = 0060' }, 'passed'],
  ['names no length of HSTS', { ...CLEAN, 'strict-transport-security': 'max-age=soon1' }, 'no-hsts'],
  ['names nosniff among others', { ...CLEAN, 'x-content-type-options': 'x , nosniff , y' }, 'passed'],
  ['ends HSTS', { ...CLEAN, 'strict-transport-security': 'max-age=0' }, 'no-hsts'],
  ['has no nosniff', { 'strict-transport-security': 'max-age=60' }, 'no-nosniff'],
  ['names itself without a version', { ...CLEAN, server: 'nginx', 'x-powered-by': 'Express' }, 'passed'],
  ['names its version', { ...CLEAN, server: 'nginx/1.18.0 (Ubuntu)' }, 'version-shown'],
  ['names the version of what powers it', { ...CLEAN, 'x-powered-by': 'PHP/8.1' }, 'version-shown'],
  ['says what all balancers say', { ...CLEAN, server: 'awselb/2.0' }, 'passed'],
  ['has a good cookie', { ...CLEAN, 'set-cookie': 'sid=abc; Path=/; secure; HttpOnly' }, 'passed'],
  ['has a cookie for all ways', { ...CLEAN, 'set-cookie': 'sid=abc; HttpOnly' }, 'cookie-not-secure'],
  ['has a cookie for scripts', { ...CLEAN, 'set-cookie': 'sid=abc; Secure' }, 'cookie-for-scripts'],
  ['has a cookie against forgery', { ...CLEAN, 'set-cookie': 'XSRF-TOKEN=abc' }, 'passed'],
  ['has a cookie of a balancer', { ...CLEAN, 'set-cookie': 'AWSALB=abc; Path=/' }, 'passed'],
  ['removes a cookie', { ...CLEAN, 'set-cookie': 'sid=; Max-Age=0' }, 'passed'],
  ['empties a cookie', { ...CLEAN, 'set-cookie': 'sid= ; Path=/' }, 'passed'],
  ['lets a cookie expire', { ...CLEAN, 'set-cookie': 'sid=a; Path=/; max-age=-17 ; Domain=x' }, 'passed'],
  ['lets a cookie expire now', { ...CLEAN, 'set-cookie': 'sid=a; Max-Age= 0' }, 'passed'],
  [
    'keeps a cookie for a while',
    { ...CLEAN, 'set-cookie': 'sid=a; Max-Age=30' },
    'cookie-not-secure, cookie-for-scripts',
  ],
  ['has a cookie against forgery behind a blank', { ...CLEAN, 'set-cookie': ' __cf_bm =a' }, 'passed'],
])('a host that %s', async (_, headers, gives) => {
  expect(await on(headers)).toMatchObject({ gives, calls: [] });
});

test.each<[base: string, gives: string]>([
  ['http://api.shop.example', 'not-applicable'],
  ['http://127.0.0.1:8080', 'not-applicable'],
  ['https://127.0.0.1:8443', 'no-nosniff'],
  ['https://[::1]', 'no-nosniff'],
  ['https://localhost', 'no-nosniff'],
])('%s, without any of the headers', async (base, gives) => {
  expect((await on({}, base)).gives).toBe(gives);
});

test('without TLS its version and what scripts can read are seen all the same', async () => {
  const headers = { server: 'nginx/1.18.0', 'set-cookie': 'sid=abc' };
  expect((await on(headers, 'http://127.0.0.1:8080')).gives).toBe('version-shown, cookie-for-scripts');
});

test('every cookie is looked at, and no value is shown', async () => {
  const reply: Answer = {
    ...answer(200, []),
    headers: [
      ...Object.entries({ 'content-type': 'application/json', ...CLEAN }),
      ['set-cookie', 'a=1; Secure; HttpOnly'],
      ['set-cookie', 'b=2; Secure'],
    ],
  };
  const asked = { paths: '/boats: { get: {} }', operation: 'GET /boats', host: () => reply };
  const { gives, messages } = await checkOn(hostHygiene, asked);
  expect([gives, ...messages]).toEqual([
    'cookie-for-scripts',
    'it sets a cookie without HttpOnly, so every script of a page can read it',
  ]);
});
