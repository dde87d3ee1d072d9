import { expect, test } from 'vitest';
import { nights } from '../testing/night.js';

test('mornings are red when something has changed, and on no other day', async () => {
  await using production = await nights();
  await production.inWorld('2026-02-03');
  await production.accept();
  expect(await production.inWorld('2026-02-26')).toEqual({
    code: 1,
    first: expect.stringMatching(
      /^RED production: POST \/v1\/appointment\/_search\/: works → unrouted at the gateway \(route-missing\); found on the first night; /,
    ) as string,
  });
  await production.accept();
  expect(await production.inWorld('2026-02-26')).toMatchObject({ code: 0 });
  // That something works again is news as well.
  expect(await production.inWorld('2026-02-03')).toMatchObject({ code: 1 });
});
