import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadContract } from '../../contract/load.js';
import { contractFacts } from '../../contract/facts.js';
import type { Capability } from '../../record/run.js';
import { temporaryFolder } from '../../testing/folder.js';
import { capability } from '../../testing/runs.js';
import { SHOP } from '../../testing/shop.js';
import { vendorSpec } from '../../testing/vendor.js';
import { documentedFailure, documentedText } from './documented.js';

const POST = 'POST /v2/documents/';

/** What is written of an answer of the shop, whose contract documents 201 and 422 here, and also 403. */
async function written(status: number, given: Partial<Capability>) {
  await using folder = await temporaryFolder();
  const contract = SHOP.replace(
    "'422': { description: refused }",
    "'422': { description: refused }\n        '403': { description: 'Not for you.' }\n        '5XX': { description: our fault }",
  );
  const spec = await vendorSpec(folder.path, 'https://api.shop.example', contract);
  const facts = contractFacts(await loadContract(join(spec, 'openapi.yaml')));
  const works = capability({ id: POST });
  const operation = { ...works, ...given };
  const [exchange] = works.exchanges.map((one) => ({ ...one, status }));
  return {
    text: documentedText(operation, exchange, facts),
    failure: documentedFailure(operation, exchange, facts),
  };
}

const SAME: Capability['codes'] = {
  explanation: { code: 'not-routed', facts: {} },
  evidence: [{ code: 'unknown-path-same', facts: { came: '403' } }],
  ruledOut: [],
};

test('an answer that is not documented is said not to be', async () => {
  const { text, failure } = await written(404, { outcome: 'absent' });
  expect(text).toContain('404 is not among them.');
  expect(failure).toEqual([]);
});

test('a success is no failure', async () => {
  const { text, failure } = await written(201, { outcome: 'deviates' });
  expect(text).not.toContain('not among them');
  expect(failure).toEqual([]);
});

test.each([
  [403, { outcome: 'unrouted', codes: SAME }, 'a made-up path gets the same answer'],
  [403, { outcome: 'denied' }, 'the same credentials work elsewhere'],
  [503, { outcome: 'broken' }, 'A documented failure is still a failure'],
  [403, { outcome: 'rejects' }, 'where a success was expected'],
] as const)('a documented %s of what is %j is explained: %s', async (status, given, meaning) => {
  const { text, failure } = await written(status, given);
  expect(text).not.toContain('not among them');
  expect(failure).toHaveLength(1);
  expect(failure[0]).toMatch(
    status === 403 ? /^403 is documented as “Not for you”\. / : /^5XX is documented as “our fault”\. /,
  );
  expect(failure[0]).toContain(meaning);
});
