import { describe, expect, test } from 'vitest';
import type { Operation } from '../contract/operation.js';
import { startReplica } from '../replica/replica.js';
import { flowRunner } from '../testing/flows.js';
import { readCriterion, type Criterion } from './criterion.js';
import type { Flow, FlowStep } from './flow.js';
import { LEAVES_NOTHING, resultOf } from './outcome.js';

const runner = await flowRunner('examples/boats');
const { world, contract } = runner;

function criterion(condition: string): Criterion {
  const read = readCriterion({ condition });
  if ('why' in read) throw new Error(read.why);
  return read;
}

function operation(id: string): Operation {
  const found = contract.operations.find((one) => one.operationId === id);
  if (!found) throw new Error(id);
  return found;
}

const BOAT = { name: 'Conform-Test', kind: 'canoe', harbour: 'north', seats: 2 };

function step(id: string, operationId: string, rest: Partial<FlowStep> = {}): FlowStep {
  return {
    ...{ id, sentence: `${id} holds`, does: { kind: 'operation', operation: operation(operationId) } },
    ...{ parameters: [], body: undefined, outputs: new Map(), selected: new Map() },
    ...{ criteria: [criterion('$statusCode < 300')], onSuccess: [], onFailure: [] },
    ...rest,
  };
}

function flowOf(...steps: FlowStep[]): Flow {
  return {
    ...{ id: 'flow', title: 'A flow', about: undefined, file: '', isPart: false },
    ...{ inputs: new Map(), outputs: new Map(), steps },
  };
}

const create = step('create', 'createBoat', {
  body: { payload: BOAT, replacements: [] },
  outputs: new Map([['boat', '$response.body#/id']]),
});
const read = step('read', 'readBoat', {
  parameters: [{ name: 'boatId', in: 'path', value: '$steps.create.outputs.boat' }],
});

async function resultsOf(flow: Flow, options: Parameters<typeof runner.go>[2] = {}): Promise<string[]> {
  const [outcome] = await runner.go([flow], world, options);
  return (outcome?.steps ?? []).map((one) => [one.sentence, one.result].join(': '));
}

describe('a flow', () => {
  test('what the example does, it does', async () => {
    const outcomes = await runner.run(world);
    expect(outcomes.map((outcome) => [outcome.flow, resultOf(outcome)])).toEqual([
      ['findBoat', 'passed'],
      ['lendBoat', 'passed'],
    ]);
  });

  test('what it has created is removed, also when it fails', async () => {
    const replica = await startReplica({ world, contract });
    const before = replica.snapshot();
    const failing = { ...read, criteria: [criterion('$statusCode == 204')] };
    const results = await resultsOf(flowOf(create, failing, { ...read, id: 'later' }), { replica });
    expect(results).toEqual([
      'create holds: passed',
      'read holds: failed',
      'read holds: skipped',
      `${LEAVES_NOTHING}: passed`,
    ]);
    const records = (text: string) => text.replace(/"next":.*/, '');
    expect(records(replica.snapshot())).toBe(records(before));
    await replica.close();
  });

  test('what the policy does not allow is not sent, and what needs it is skipped', async () => {
    const replica = await startReplica({ world, contract });
    const before = replica.snapshot();
    const other = step('list', 'listBoats');
    const results = await resultsOf(flowOf(create, read, other), { replica, policy: 'route' });
    expect(results).toEqual(['create holds: skipped', 'read holds: skipped', 'list holds: passed']);
    expect(replica.snapshot()).toBe(before);
    await replica.close();
  });

  test('on a host that keeps its records, only what the flow has created is changed', async () => {
    const replica = await startReplica({ world, contract });
    const before = replica.snapshot();
    const first = step('first', 'listBoats', { outputs: new Map([['boat', '$response.body#/items/0/id']]) });
    const change = step('change', 'updateBoat', {
      parameters: [{ name: 'boatId', in: 'path', value: '$steps.first.outputs.boat' }],
      body: { payload: BOAT, replacements: [] },
    });
    const results = await resultsOf(flowOf(first, change), {
      ...{ replica, keepsRecords: true },
      environment: { BOATS_KEY: 'api-key-for-tests' },
    });
    expect(results).toEqual(['first holds: passed', 'change holds: skipped']);
    expect(replica.snapshot()).toBe(before);
    await replica.close();
  });

  test('on a host that keeps its records, nothing is created that nobody could remove', async () => {
    const vendor = await flowRunner('spec');
    const task = vendor.contract.operations.find(({ operationId }) => operationId === 'createAdminTask');
    if (!task) throw new Error('there is no such operation');
    const payload = {
      ...{ status: 'received', description: 'Conform-Test', requester: [1], meta: { tag: [] } },
      executionDate: '2026-02-26',
    };
    const asked: FlowStep = {
      ...step('task', 'listBoats'),
      does: { kind: 'operation', operation: task },
      body: { payload, replacements: [] },
    };
    const environment = {
      WELLSKY_CLIENT_ID: 'client-id-for-tests',
      WELLSKY_CLIENT_SECRET: 'client-secret-for-tests',
    };
    const resultWith = async (keepsRecords: boolean) => {
      const [outcome] = await vendor.go([flowOf(asked)], vendor.world, { keepsRecords, environment });
      return outcome?.steps[0]?.result;
    };
    expect([await resultWith(false), await resultWith(true)]).toEqual(['passed', 'skipped']);
  });

  test('a failure leads where the flow says, and a circle ends', async () => {
    const failing = step('failing', 'listBoats', {
      criteria: [criterion('$statusCode == 500')],
      onFailure: [{ criteria: [], does: { kind: 'goto', step: 'last' } }],
    });
    const passed = step('between', 'listBoats');
    expect(await resultsOf(flowOf(failing, passed, step('last', 'listBoats')))).toEqual([
      'failing holds: bypassed',
      'between holds: bypassed',
      'last holds: passed',
    ]);
    const circle = step('circle', 'listBoats', {
      onSuccess: [{ criteria: [], does: { kind: 'goto', step: 'circle' } }],
    });
    let asked = 0;
    const onAsked = () => (asked += 1);
    expect(await resultsOf(flowOf(circle), { onAsked })).toEqual(['circle holds: failed']);
    expect(asked).toBe(100);
  });

  test('what the target is known to refuse is skipped where it refuses', async () => {
    const refused = step('refused', 'listBoats', { criteria: [criterion('$statusCode == 500')] });
    const known = { knownRefusal: () => 'broken (crashed)' };
    expect(await resultsOf(flowOf(refused), known)).toEqual(['refused holds: skipped']);
    expect(await resultsOf(flowOf(refused))).toEqual(['refused holds: failed']);
  });
});
