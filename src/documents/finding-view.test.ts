import { expect, test } from 'vitest';
import { featuresIn } from '../impact/features.js';
import type { Capability } from '../record/run.js';
import { consumerOf } from '../testing/consumer.js';
import { capability, runOf } from '../testing/runs.js';
import { exchangesOf } from '../record/shown-exchanges.js';
import { causeViews, findingView } from './finding-view.js';

const ID = 'GET /things';
const finding: Capability['findings'][number] = {
  ...{ check: 'list/pages-lose', code: 'lost', message: 'one is lost', exchange: 4, exchanges: [1, 2, 3, 4] },
  severity: 'error',
};
const FEATURES = featuresIn([consumerOf('till', { Selling: [ID], Filing: ['GET /files'] })]);

/** An operation with a finding and five exchanges, of which each asks another page. */
function withPages(id = ID): Capability {
  const plain = capability({ id, outcome: 'deviates', side: 'vendor-application', findings: [finding] });
  const [own] = plain.exchanges;
  if (!own) throw new Error('there is no exchange');
  const exchanges = [0, 1, 2, 3, 4].map((page) => {
    const url = `https://api.shop.example/things?page=${page}`;
    return { ...own, url, method: 'GET', requestHeaders: ['authorization'], curl: '' };
  });
  return { ...plain, exchanges };
}

test('a finding says what is promised, who says so, who can change it, and what depends on it', () => {
  expect(findingView(withPages(), finding, FEATURES)).toMatchObject({
    promise: expect.stringMatching(/\.$/) as string,
    source: expect.stringMatching(/^(contract|standard|practice): /) as string,
    owner: 'vendor-application',
    features: ['Selling'],
  });
});

test('it is seen by three requests at most, the last of them the one that broke the promise', () => {
  const { requests } = findingView(withPages(), finding, []);
  expect(requests).toHaveLength(3);
  expect(requests.map((one) => /page=\d/.exec(one)?.[0])).toEqual(['page=2', 'page=3', 'page=4']);
  expect(requests.join()).toContain('$TOKEN');
});

test('of a finding that names no several exchanges there is one', () => {
  const single = { ...finding };
  delete single.exchanges;
  expect(exchangesOf(withPages(), single).map(({ url }) => url)).toEqual([
    'https://api.shop.example/things?page=4',
  ]);
});

test('a check that this version does not know says nothing of its promise', () => {
  const unknown = { ...finding, check: 'list/of-tomorrow' };
  expect(findingView(withPages(), unknown, [])).toMatchObject({ promise: '', source: '', sourceUrl: '' });
});

test('nobody owes what is no more than a warning', () => {
  expect(findingView(withPages(), { ...finding, severity: 'warning' }, []).owner).toBe('');
});

test('what breaks several operations is said once, with what depends on any of them', () => {
  const run = runOf([withPages('GET /files'), withPages()]);
  expect(causeViews(run, FEATURES)).toMatchObject([
    { count: 2, shared: true, places: `GET /files, ${ID}`, features: ['Filing', 'Selling'] },
  ]);
  expect(causeViews(runOf([withPages()]), [])).toMatchObject([{ count: 1, shared: false, places: ID }]);
});
