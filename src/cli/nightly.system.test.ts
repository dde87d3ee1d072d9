import { expect, test } from 'vitest';
import { nights } from '../testing/night.js';
import { serve } from '../testing/serve.js';

test('a morning is red when something has changed, and without a verdict when nothing could be asked', async () => {
  await using production = await nights();
  // Nothing has been accepted yet: the contract is all that can be expected.
  expect(await production.inWorld('2026-02-03')).toEqual({
    code: 1,
    first: expect.stringMatching(
      /^RED production: POST \/v1\/documentreference\/_search\/: works → unrouted at the gateway \(route-missing\); found on the first night; no feature is known to need it; Check the exact path/,
    ) as string,
  });
  await production.accept();
  expect(await production.inWorld('2026-02-03')).toMatchObject({ code: 0 });
  const known = await production.latest();

  expect(await production.at('http://127.0.0.1:9')).toEqual({
    code: 3,
    first: expect.stringMatching(
      /^NO VERDICT production: .*[Nn]othing listens.*; new since last night; .*whether the host is up/,
    ) as string,
  });

  await using refusing = await serve((_, response) => {
    response.writeHead(401, { 'content-type': 'application/json' });
    response.end('{"error":"invalid_client"}');
  });
  expect(await production.at(refusing.url)).toEqual({
    code: 3,
    first: expect.stringMatching(/^NO VERDICT production: .*no token could be had/i) as string,
  });
  // Neither night has overwritten what was known.
  expect(await production.latest()).toBe(known);
});
