import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PACKAGE_ROOT } from '../package.js';
import { Problem } from '../problem.js';
import { copyOfSpec, temporaryFolder } from '../testing/conform.js';
import { loadWorld, readSwitches, worldDates } from './world.js';

const SPEC = join(PACKAGE_ROOT, 'spec');

/** What is wrong with a world whose newest file was changed, and on which line. */
async function problemOf(change: (text: string) => string): Promise<{ problem: Problem; line: string }> {
  await using folder = await temporaryFolder();
  const spec = await copyOfSpec(folder.path);
  const file = join(spec, 'worlds', `${worldDates(spec).at(-1) ?? ''}.yaml`);
  const text = change(await readFile(file, 'utf8'));
  await writeFile(file, text);
  const problem = await loadWorld(spec).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(problem instanceof Problem)) throw new Error(`no Problem: ${String(problem)}`);
  expect(problem.place?.file).toBe(file);
  return { problem, line: text.split('\n')[(problem.place?.line ?? 0) - 1] ?? '' };
}

describe('a world', () => {
  it('is the newest one unless a date is given', async () => {
    const dates = worldDates(SPEC);
    expect(dates).toEqual([...dates].sort());
    expect((await loadWorld(SPEC)).date).toBe(dates.at(-1));
    expect((await loadWorld(SPEC, dates[0])).date).toBe(dates[0]);
  });

  it.each([
    ['a member that is not known', 'rate: { speed: 1 }', 'speed', /rate/],
    ['a value of the wrong type', 'rate: { requestsPerSecond: many }', 'requestsPerSecond', /many/],
    ['an answer that is not described', 'legacy: { answer: nowhere }', 'answers has no “nowhere”', /nowhere/],
    ['a pattern that is none', "gateway: { authorization: '(' }", 'not a regular expression', /gateway/],
    ['a world that does not come earlier', "extends: '2999-01-01'", 'extends an earlier one', /2999/],
  ])('is refused with file and line for %s', async (_, wrong, message, there) => {
    const { problem, line } = await problemOf((text) =>
      wrong.startsWith('extends') ? text.replace(/^extends:.*$/m, wrong) : `${text}\n${wrong}\n`,
    );
    expect(problem.message).toContain(message);
    expect(line).toMatch(there);
    expect(problem.exitCode).toBe(2);
  });

  it('names the switches and choices there are', async () => {
    await expect(loadWorld(SPEC, undefined, { 'no-such': 'x' })).rejects.toThrow(
      'there is no switch “no-such”',
    );
    await expect(loadWorld(SPEC, undefined, { 'trailing-slash': 'odd' })).rejects.toMatchObject({
      remedy: 'Choices are: exact, loose, redirect.',
    });
    expect(() => readSwitches(['trailing-slash'])).toThrow('is not a choice');
  });

  it('can be had with every choice of every switch', async () => {
    const { switches } = await loadWorld(SPEC);
    for (const [name, { choices }] of Object.entries(switches)) {
      for (const choice of Object.keys(choices)) await loadWorld(SPEC, undefined, { [name]: choice });
    }
    expect(Object.keys(switches).length).toBeGreaterThan(5);
  });
});
