import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadContract } from '../contract/load.js';
import { Problem } from '../problem.js';
import { temporaryFolder } from '../testing/folder.js';
import { WITH_NOTHING, WITH_OAUTH } from '../testing/small-contracts.js';
import { findOut } from './found.js';
import { MOST_QUESTIONS, questionsOf } from './questions.js';
import { settle, type Given } from './settle.js';

async function of(document: object) {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'contract.json');
  await writeFile(file, JSON.stringify(document));
  const contract = await loadContract(file);
  const found = findOut(contract);
  return { found, settled: (given: Given = {}) => settle(found, given, contract) };
}

test('where nothing is said, nothing real is asked, and all that was assumed is named', async () => {
  const { settled } = await of(WITH_OAUTH);
  const { live, way, assumed } = settled();
  expect(live).toEqual({ name: 'sandbox', baseUrl: 'https://sandbox.lanterns.example/v2' });
  expect(way?.name).toBe('partner');
  expect(assumed.map((one) => /\((--[a-z-]+)/.exec(one)?.[1])).toEqual(['--base-url', '--consumer']);
});

test('what is said is before what was found', async () => {
  const { settled } = await of(WITH_OAUTH);
  const given = {
    baseUrl: 'http://127.0.0.1:4010/',
    credential: 'partner=AN_ID,A_SECRET',
    ids: ['cellar=c-1'],
  };
  const { live, way, ids, consumer, assumed } = settled({ ...given, consumer: 'Night Watch' });
  expect(live).toEqual({ name: 'local', baseUrl: 'http://127.0.0.1:4010' });
  expect(way?.credentials).toEqual([
    {
      scheme: 'partner',
      oauth: { url: 'https://api.lanterns.example/token', clientId: 'AN_ID', clientSecret: 'A_SECRET' },
    },
  ]);
  expect([...ids]).toEqual([['cellar', 'c-1']]);
  expect(consumer).toEqual({ name: 'Night Watch', file: 'night-watch' });
  expect(assumed).toEqual([]);
});

test.each([
  [{ credential: 'partner=live-secret-for-tests,x' }, 'does not name variables'],
  [{ credential: 'live-secret-for-tests' }, 'no security scheme of the name'],
  [{ baseUrl: 'https://user:live-secret-for-tests@host.example' }, 'a user name or a password'],
  [{ baseUrl: 'nowhere' }, 'is not a URL'],
  [{ ids: ['celar=1'] }, 'no parameter “celar”'],
  [{ ids: ['cellar'] }, 'NAME=VALUE'],
  [{ consumer: '../elsewhere' }, 'cannot be used as the name of a file'],
])('%j is refused, and nothing that could be a secret is repeated', async (given, said) => {
  const { settled } = await of(WITH_OAUTH);
  const problem = thrown(() => settled(given));
  expect(problem?.message).toContain(said);
  expect(`${problem?.message ?? ''} ${problem?.remedy ?? ''}`).not.toContain('live-secret-for-tests');
});

function thrown(work: () => unknown): Problem | undefined {
  try {
    work();
  } catch (error) {
    if (error instanceof Problem) return error;
  }
  return undefined;
}

test('a credential of a contract that names none', async () => {
  const { settled } = await of(WITH_NOTHING);
  expect(settled().way).toBeUndefined();
  expect(settled({ credential: 'bearer' }).way?.credentials).toEqual([{ bearer: { token: 'TIDES_TOKEN' } }]);
  expect(settled({ credential: 'none' }).way).toBeUndefined();
});

test('what the contract settles is not asked, nor what an option has said', async () => {
  const lanterns = await of(WITH_OAUTH);
  const texts = questionsOf(lanterns.found, {}).map(({ text }) => text);
  // One way in only: that is no question.
  expect(texts).toHaveLength(3);
  expect(texts[0]).toContain('2  https://sandbox.lanterns.example/v2 (sandbox)');
  expect(texts[1]).toContain('{cellar}, which 1 read need');
  const all = { baseUrl: 'https://a.example', credential: 'none', ids: ['cellar=1'], consumer: 'x' };
  expect(questionsOf(lanterns.found, all)).toEqual([]);
  const [address] = questionsOf(lanterns.found, {});
  expect(address?.take('1')).toEqual({ baseUrl: 'https://api.lanterns.example/v2' });
  expect(address?.take('https://b.example')).toEqual({ baseUrl: 'https://b.example' });
});

test('at most four things are asked', async () => {
  const { found } = await of({ ...WITH_OAUTH, security: [{ partner: [] }, { other: [] }] });
  const many = { ...found, ways: { usable: [], unusable: [] } };
  expect(questionsOf(many, {})).toHaveLength(MOST_QUESTIONS);
});
