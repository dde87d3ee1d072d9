import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { formatPlace, Problem, Problems } from '../problem.js';
import { openSpec } from '../spec/open.js';
import { temporaryFolder } from '../testing/folder.js';
import { planFlows } from './plan.js';
import { readWorkflows } from './read.js';

const HEAD = `arazzo: 1.0.1
info: { title: Boats, version: '1' }
sourceDescriptions: [{ name: library, url: ../openapi.yaml }]
workflows:
`;
const OK = 'successCriteria: [{ condition: $statusCode == 200 }]';

/** What is said of a document, with its lines. */
async function faultsOf(workflows: string): Promise<string[]> {
  await using folder = await temporaryFolder();
  await mkdir(join(folder.path, 'workflows'));
  await writeFile(join(folder.path, 'workflows/boats.yaml'), HEAD + workflows);
  const { contract } = await openSpec('examples/boats', ['contract']);
  try {
    planFlows(await readWorkflows(folder.path), contract);
    return [];
  } catch (error) {
    const all = error instanceof Problems ? error.all : error instanceof Problem ? [error] : [];
    return all.map(({ place, message, remedy }) => {
      const where = place ? formatPlace(place).split(':').at(-1) : '';
      return `${where ?? ''} ${message}${remedy === undefined ? '' : ` | ${remedy}`}`;
    });
  }
}

test('everything that is named and is not there is said at once, with its line and a remedy', async () => {
  const faults = await faultsOf(`  - workflowId: wrong
    summary: Wrong
    inputs: { type: object, properties: { seats: { default: 4 } } }
    steps:
      - stepId: one
        description: an operation that is not there
        operationId: listShips
        ${OK}
      - stepId: two
        description: a parameter that is not there
        operationId: readBoat
        parameters: [{ name: boat, in: path, value: $inputs.boat }]
        ${OK}
      - stepId: three
        description: outputs that are not there
        operationId: listBoats
        parameters: [{ name: kind, in: query, value: $steps.two.outputs.kind }]
        successCriteria: [{ condition: $steps.four.outputs.id == $url }]
        onFailure: [{ name: on, type: goto, stepId: nowhere }]
`);
  expect(faults).toEqual([
    expect.stringMatching(/^11 the contract has no operation “listShips” \| /),
    '16 the workflow has no input “boat” | Add it, or take one of: seats.',
    '16 GET /boats/{boatId} has no parameter “boat” in path | Its parameters are: boatId (path).',
    '13 GET /boats/{boatId} needs the parameter “boatId” in path | Give it a value.',
    '21 the step “two” has no output “kind” | Its outputs are: none.',
    expect.stringMatching(/^22 the condition cannot be read: “\$url” is no expression/),
    expect.stringMatching(/^18 the step “three” says nothing of what has to come/),
    '23 the workflow has no step “nowhere” | Its steps are: one, two, three.',
  ]);
});

test('a step that could change something is never repeated', async () => {
  const [fault] = await faultsOf(`  - workflowId: again
    summary: Again
    steps:
      - stepId: create
        description: it is created, sooner or later
        operationId: createBoat
        requestBody: { payload: { name: Conform-Test, kind: canoe, seats: 2 } }
        ${OK}
        onFailure: [{ name: again, type: retry }]
`);
  expect(fault).toMatch(/^13 POST \/boats could change something, so it is not repeated/);
});

test('workflows that run one another without end are none', async () => {
  const step = (id: string) => `[{ stepId: a, description: goes through it, workflowId: ${id} }]`;
  const faults = await faultsOf(`  - { workflowId: one, summary: One, steps: ${step('other')} }
  - { workflowId: other, summary: Other, steps: ${step('one')} }
`);
  expect(faults[0]).toContain('or it leads to itself');
});

test('what Arazzo does not know is refused, with its line', async () => {
  expect(
    await faultsOf(`  - workflowId: x
    summary: X
    stepz: []
    steps: [{ stepId: a, description: it is asked, operationId: listBoats, ${OK} }]
`),
  ).toEqual([expect.stringMatching(/^7 .*“stepz”/)]);
});
