import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'prettier';
import { expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../package.js';
import { flowRunner } from '../testing/flows.js';
import { readMutations, type Mutation } from '../testing/mutated-worlds.js';
import { THOROUGH } from '../testing/thorough.js';
import { resultOf, type FlowOutcome } from './outcome.js';

const { flows, world, worlds, go } = await flowRunner('spec');
const ownMutations = await readMutations(world, 'flows.yaml');
const mutations = [...(await readMutations(world)), ...ownMutations];
/** Every night all; in CI one of three, which are held to their rows of the page. */
const tried = mutations.filter((_, index) => THOROUGH || index % 3 === 0);
const PAGE = join(PACKAGE_ROOT, 'docs/flows-in-worlds.md');

/** The operations that each flow asks in the newest world. */
const asked = new Map(flows.map(({ id }) => [id, new Set<string>()]));

/** What came of the flows in each world, and in each mutated one. */
const inWorlds = new Map<string, readonly FlowOutcome[]>();
const inMutations = new Map<string, readonly FlowOutcome[]>();

test.each(worlds)('world $date', async (one) => {
  const onAsked = (flow: string, operation: string) => asked.get(flow)?.add(operation);
  const outcomes = await go(flows, one, one === world ? { onAsked } : {});
  inWorlds.set(one.date, outcomes);
  // What an older world refuses is in the table.
  if (one === world) expect(failed(outcomes)).toEqual([]);
});

test.each(tried)('$what', async (mutation) => {
  const touched = operationsTouchedBy(mutation);
  const affected = flows.filter(({ id }) => [...(asked.get(id) ?? [])].some((one) => touched(one)));
  inMutations.set(mutation.what, await go(affected, mutation.mutated));
});

test.each(tried.filter((one) => ownMutations.includes(one)))('a flow sees it: $what', ({ what }) => {
  expect(redIn(what)).not.toEqual([]);
});

test('which flows fail in which world is as the docs have it', async () => {
  const page = (await readFile(PAGE, 'utf8')).replaceAll(/ +/g, ' ');
  for (const row of [...worlds.map(rowOfWorld), ...tried.map(rowOfMutation)]) expect(page).toContain(row);
});

// Both need all mutations.
if (THOROUGH) {
  test.each(flows)('$id fails where something is wrong that it relies on', ({ id }) => {
    expect(mutations.some(({ what }) => redIn(what).includes(id))).toBe(true);
  });

  test('the page of the docs is whole', async () => {
    const page = [
      '<!-- Written by src/workflow/mutated.system.test.ts with CONFORM_TEST_THOROUGH=1; -u writes it again. -->',
      '',
      '# Which flows see what is wrong',
      '',
      'The flows of `spec/workflows` are run on the replica of every world, and on the newest one with one thing',
      'wrong at a time ([mutations/worlds.yaml](../mutations/worlds.yaml), and for the flows alone',
      '[mutations/flows.yaml](../mutations/flows.yaml)). [flows.md](flows.md) says what a flow is.',
      '',
      '## Worlds as they were observed',
      '',
      'In the newest world no flow fails. What it is known to refuse is asked all the same, and skipped where it is refused.',
      'A flow that fails in an older world was refused there what it needs, or found nothing of that day to go on with.',
      '',
      '| world | failed | not run to the end |',
      '| --- | --- | --- |',
      ...worlds.map(rowOfWorld),
      '',
      '## The newest world with one thing wrong',
      '',
      `${mutations.filter(({ what }) => redIn(what).length > 0).length} of ${mutations.length} make a flow fail, and every flow fails in one of them.`,
      '',
      '| what is wrong | operation | flows that fail |',
      '| --- | --- | --- |',
      ...mutations.map(rowOfMutation),
      '',
      '## The flows',
      '',
      '| flow | what it does | file | fails in |',
      '| --- | --- | --- | --- |',
      ...flows.map(({ id, title, file }) => {
        const count = mutations.filter(({ what }) => redIn(what).includes(id)).length;
        return `| \`${id}\` | ${title} | ${file.split('/').at(-1) ?? ''} | ${count} of ${mutations.length} |`;
      }),
      '',
    ].join('\n');
    const formatted = await format(page, { parser: 'markdown', printWidth: 120, proseWrap: 'preserve' });
    await expect(formatted).toMatchFileSnapshot(PAGE);
  });
}

function rowOfWorld({ date }: { date: string }): string {
  const outcomes = inWorlds.get(date) ?? [];
  return `| ${date} | ${named(failed(outcomes))} | ${named(skipped(outcomes))} |`;
}

function rowOfMutation({ what, at }: Mutation): string {
  const red = redIn(what);
  const isAsked = [...asked.values()].some((operations) => operations.has(at));
  const why = isAsked ? 'none: no flow relies on it' : 'none: no flow asks it';
  return `| ${what} | \`${at}\` | ${red.length > 0 ? named(red) : why} |`;
}

/** The flows that fail with a mutation. */
function redIn(what: string): string[] {
  return failed(inMutations.get(what) ?? []);
}

function failed(outcomes: readonly FlowOutcome[]): string[] {
  return outcomes.filter((outcome) => resultOf(outcome) === 'failed').map(({ flow }) => flow);
}

function skipped(outcomes: readonly FlowOutcome[]): string[] {
  return outcomes.filter((outcome) => resultOf(outcome) === 'skipped').map(({ flow }) => flow);
}

function named(ids: readonly string[]): string {
  return ids.length === 0 ? '–' : ids.map((id) => `\`${id}\``).join(', ');
}

/**
 * The operations that a mutation can make answer otherwise. A flow asks what it asks in the world as it is until an answer
 * differs, so one that asks none of these goes as it does there.
 */
function operationsTouchedBy({ world: change, mutated }: Mutation): (operation: string) => boolean {
  const { routes = {}, resources = {}, ...rest } = change;
  if (Object.keys(rest).length > 0) return () => true;
  const touched = new Set(Object.keys(routes));
  for (const [key, { of, parent }] of Object.entries(mutated.routes)) {
    if ([of, parent?.of].some((name) => name !== undefined && Object.hasOwn(resources, name)))
      touched.add(key);
  }
  return (operation) => touched.has(operation);
}
