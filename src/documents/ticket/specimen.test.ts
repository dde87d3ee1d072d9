import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadContract } from '../../contract/load.js';
import { contractFacts } from '../../contract/facts.js';
import { readHosts } from '../../targets/targets.js';
import { temporaryFolder } from '../../testing/folder.js';
import { capability } from '../../testing/runs.js';
import { SHOP } from '../../testing/shop.js';
import { vendorSpec } from '../../testing/vendor.js';
import { asOfVendor, specimenOf } from './specimen.js';

/** What a ticket about an answer from a host shows, where targets.yaml names another, or the same. */
async function shown(host: string, baseUrl: string | undefined) {
  await using folder = await temporaryFolder();
  const spec = await vendorSpec(folder.path, baseUrl ?? 'https://unused.example', SHOP);
  const [target] = (await readHosts(spec)).targets;
  const facts = contractFacts(await loadContract(join(spec, 'openapi.yaml')));
  const [exchange] = capability({ id: 'GET /things' }).exchanges;
  if (!exchange || !target) throw new Error('there is no exchange or no target');
  const asked = {
    ...exchange,
    url: `${host}/v2/things?page=2`,
    responseHeaders: { 'content-type': 'application/json', 'x-replica-standing': 'assumed' },
  };
  const own = { ...target, baseUrl };
  return { own: asOfVendor(asked, own, facts), specimen: specimenOf([asked], undefined, own) };
}

test.each([
  ['https://api.shop.example', 'https://api.shop.example', 'https://api.shop.example', undefined],
  ['http://127.0.0.1:8080', 'https://api.shop.example', 'https://api.shop.example', 'of our own'],
  ['http://127.0.0.1:8080', 'https://eu.shop.example/v2', 'https://eu.shop.example', 'of our own'],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080', 'http://127.0.0.1:8080', 'of our own'],
  ['https://proxy.example', 'https://api.shop.example', 'https://api.shop.example', 'does not name'],
  // The target has no address of its own: the contract of the shop names one.
  ['http://[::1]:8080', undefined, 'https://api.shop.example', 'of our own'],
])('what %s answered for %s is shown at %s', async (host, baseUrl, origin, why) => {
  const { own, specimen } = await shown(host, baseUrl);
  expect(own.url).toBe(`${origin}/v2/things?page=2`);
  expect(own.responseHeaders).toEqual({ 'content-type': 'application/json' });
  if (why === undefined) expect(specimen).toBe('');
  else expect(specimen).toContain(why);
  expect(specimen.includes('to whom nothing was sent')).toBe(why !== undefined && host !== origin);
});

test('without a target and a contract an address of our own is nobody’s', () => {
  const [exchange] = capability({ id: 'GET /things' }).exchanges;
  if (!exchange) throw new Error('there is no exchange');
  const local = asOfVendor({ ...exchange, url: 'http://localhost:1/things' }, undefined, undefined);
  expect(local.url).toBe('https://vendor.invalid/things');
  expect(asOfVendor(exchange, undefined, undefined).url).toBe(exchange.url);
});
