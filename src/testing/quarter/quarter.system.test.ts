import { expect, test } from 'vitest';
import { temporaryFolder } from '../folder.js';
import { playStory, type Passed } from './play.js';
import { STORIES } from './story.js';

const [SHORT] = STORIES;

test('three weeks of nights: the right mornings are red, and nothing is said twice or lost', async () => {
  await using folder = await temporaryFolder();
  const days: Passed[] = [];
  const { faults, issues } = await playStory(SHORT, { folder: folder.path, seed: 2026 }, (passed) => {
    days.push(passed);
  });
  expect(faults).toEqual([]);
  expect(days).toHaveLength(SHORT.days.length);
  expect(issues.map(({ state }) => state)).not.toContain('open');
});
