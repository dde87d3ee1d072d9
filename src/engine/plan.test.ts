import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scopeHolds } from '../checks/auth/scope-holds.js';
import { chooseChecks } from '../checks/select.js';
import type { Contract } from '../contract/contract.js';
import { loadContract } from '../contract/load.js';
import { samplesOf, type Samples } from '../probe/samples.js';
import { openSpec } from '../spec/open.js';
import type { Target, WritePolicy } from '../targets/targets.js';
import { formerCallers } from '../targets/callers.js';
import { temporaryFolder } from '../testing/folder.js';
import { largeContract } from '../testing/large-contract.js';
import { BODY, contractOf, OAUTH, targetOf, THINGS } from '../testing/host.js';
import { LIMITS, planRun } from './plan.js';

const plan = (policy: WritePolicy, only?: string[], target: Partial<Target> = {}) =>
  planRun(contractOf(THINGS), targetOf(target), policy, samplesOf({}), only ? { only } : {});

describe('a plan says before anything is asked', () => {
  test.each<[policy: WritePolicy, manners: Record<string, number>]>([
    ['none', { plain: 3, not: 5 }],
    ['route', { plain: 3, 'invalid-token': 5 }],
    ['validate', { plain: 3, 'forbidden-body': 3, 'invalid-token': 2 }],
    ['full', { plain: 3, real: 4, 'invalid-token': 1 }],
  ])('how each operation is asked under “%s”', (policy, manners) => {
    const counts: Record<string, number> = {};
    for (const { manner } of plan(policy).steps) counts[manner] = (counts[manner] ?? 0) + 1;
    expect(counts).toEqual(manners);
  });

  test('which body is forbidden, only where one is sent, and what is written, only where it is done for real', () => {
    for (const policy of ['none', 'route', 'validate', 'full'] as const) {
      for (const { manner, forbidden, write } of plan(policy).steps) {
        if (forbidden !== undefined) expect(['forbidden-body', 'invalid-token']).toContain(manner);
        if (manner === 'forbidden-body') expect(forbidden).toBeDefined();
        expect(write !== undefined).toBe(manner === 'real');
      }
    }
  });

  test('the most requests that it will make', () => {
    const nothing = { checks: 0, token: 0, removal: 0 };
    expect(plan('none').budget).toEqual({
      ...nothing,
      operations: 3,
      controls: LIMITS.controlsOfHost + 3 * LIMITS.controls,
      spellings: 36,
      retries: 10,
    });
    // Five that change something, and two sets of credentials to be seen refused.
    expect(plan('route').budget).toEqual({
      ...nothing,
      operations: 8,
      controls: LIMITS.controlsOfHost + 8 * LIMITS.controls + 5 * 8 + 2 * 3,
      spellings: 96,
      retries: 12,
    });
    const full = plan('full').budget;
    // Four are done for real, one is asked with credentials that are refused.
    expect(full).toMatchObject({
      operations: 8,
      controls: LIMITS.controlsOfHost + 8 * LIMITS.controls + 5 * 8 + 2 * 3,
      removal: 4 * 2,
    });
    const oauth = plan('none', undefined, { ...formerCallers(OAUTH, undefined) }).budget;
    expect(oauth.token).toBe(5);
    expect(plan('full', undefined, { serve: 'mock' }).budget).toMatchObject({ controls: 0, spellings: 0 });
  });
});

test('what another operation needs is asked as well, and is no part of the result', () => {
  const { steps } = plan('full', ['PUT /things']);
  expect(steps.map(({ operation, supporting }) => [operation.id, supporting])).toEqual([
    ['PUT /things/{id}/', false],
    ['GET /things/', true],
    ['POST /things/', true],
  ]);
});

test('what nothing shows is created for real only on a server that ends with the run', () => {
  const paths = '/tags/: { post: {} }\n/tags/{id}/: { delete: {} }\n';
  const real = (target: Partial<Target>) =>
    planRun(contractOf(paths), targetOf(target), 'full', samplesOf({})).steps.flatMap(
      ({ manner, operation }) => (manner === 'real' ? [operation.id] : []),
    );
  expect(real({})).toEqual([]);
  expect(real({ serve: 'replica' })).toEqual(['POST /tags/', 'DELETE /tags/{id}/']);
});

describe('what the contract has on other hosts', () => {
  const planned = (paths: string, given: Partial<Target> = {}) =>
    planRun(
      contractOf(paths, undefined, '[{ url: "https://api.shop.example" }]'),
      targetOf(given),
      'full',
      samplesOf({}),
    );
  const FILES = 'servers: [{ url: "https://files.shop.example" }]';
  const servers = new Map([['https://files.shop.example', 'https://f']]);

  test('is not asked without an address, costs nothing, and has its reason', () => {
    const { steps, budget } = planned(`/files/: { ${FILES}, get: {}, post: {} }`);
    expect(steps.map(({ manner }) => manner)).toEqual(['not', 'not']);
    for (const { why } of steps) expect(why).toContain('https://files.shop.example');
    expect(budget).toMatchObject({ operations: 0, controls: 0, spellings: 0, removal: 0 });
  });

  test('neither creates, removes nor shows a thing of this one, whatever the paths are', () => {
    const real = (paths: string) =>
      planned(paths, { servers }).steps.flatMap(({ manner, operation }) =>
        manner === 'real' ? [operation.id] : [],
      );
    const removal = `/files/{id}/: { ${FILES}, delete: {} }\n`;
    expect(real(`/files/: { ${FILES}, get: {}, post: {} }\n${removal}`)).toHaveLength(2);
    expect(real(`/files/: { get: {}, post: {} }\n${removal}`)).toEqual([]);
    expect(real(`/files/: { get: { ${FILES} }, post: {} }\n/files/{id}/: { delete: {} }\n`)).toEqual([]);
  });

  test('does not show that a POST only adds', () => {
    const manner = (rest: string) => {
      const paths = `/files/: { post: { ${BODY} } }\n/files/{id}/: { ${rest} get: {} }\n`;
      const contract = contractOf(paths, undefined, '[{ url: "https://api.shop.example" }]');
      const { steps } = planRun(contract, targetOf({ servers }), 'validate', samplesOf({}));
      return steps[0]?.manner;
    };
    expect(manner('')).toBe('forbidden-body');
    expect(manner(`${FILES},`)).not.toBe('forbidden-body');
  });

  test('is asked all the same where it is what gives the tokens, which the target names', () => {
    const oauth = formerCallers({ ...OAUTH, url: 'https://login.shop.example/token' }, undefined);
    const { steps } = planned(
      '/token: { servers: [{ url: "https://login.shop.example" }], post: {} }',
      oauth,
    );
    expect(steps.map(({ manner, isToken }) => [manner, isToken])).toEqual([['plain', true]]);
  });
});

test('where nothing fits, nothing is asked', () => {
  expect(() => plan('full', ['nothing'])).toThrow('no operation fits --only nothing');
});

describe('the checks of a plan', () => {
  const withChecks = (names: string[], target: Partial<Target> = {}, paths = THINGS) =>
    planRun(contractOf(paths), targetOf(target), 'none', samplesOf({}), { checks: chooseChecks(names) });

  test('may ask twice what they say of themselves, what else they hear, and the operation again', () => {
    const [pageSize] = chooseChecks(['list/page-size']).reads;
    const { checks, budget } = withChecks(['list/page-size']);
    expect(checks).toEqual({ reads: [pageSize], lives: [], access: [] });
    expect(budget.checks).toBe(3 * (1 + 3 * (pageSize?.asks.atMost ?? 0)));
  });

  test('may ask for a wider page where a list has a parameter for its size', () => {
    const paths = (name: string) =>
      `/things: { get: { parameters: [{ name: ${name}, in: query, schema: { type: integer } }] } }`;
    const costOf = (name: string) => withChecks(['list/page-size'], {}, paths(name)).budget.checks;
    expect(costOf('limit')).toBe(costOf('colour') + 1);
    expect(withChecks([], {}, paths('limit')).budget.checks).toBe(0);
  });

  test('have a bound in a run, however many there are', () => {
    const many = Array.from({ length: 100 }, (_, index) => `/things${index}: { get: {} }`).join('\n');
    expect(withChecks(['all'], {}, many).budget.checks).toBe(LIMITS.checksOfOperation * 100);
    expect(withChecks(['all']).budget.checks).toBeLessThanOrEqual(LIMITS.checks);
  });

  test('have requests of their own for a reader, where it may be tried, and for a wrong secret', () => {
    const names = ['auth/scope-holds', 'auth/token-endpoint'];
    const reader = { identities: { reader: [], other: undefined, expired: undefined } };
    const budgetOf = (policy: WritePolicy, target: Partial<Target>, checks = names) => {
      const selection = { checks: chooseChecks(checks) };
      return planRun(contractOf(THINGS), targetOf(target), policy, samplesOf({}), selection).budget;
    };
    expect(budgetOf('validate', reader).checks).toBe(2 * scopeHolds.asks.atMost);
    expect(budgetOf('route', reader).checks).toBe(0);
    expect(budgetOf('validate', {}).checks).toBe(0);
    expect(budgetOf('none', {}).token).toBe(0);
    expect(budgetOf('none', { oauth: OAUTH }).token).toBe(budgetOf('none', { oauth: OAUTH }, []).token + 2);
  });

  test('are none on the mock', () => {
    const { checks, budget } = withChecks(['all'], { serve: 'mock' });
    expect([checks, budget.checks]).toEqual([{ reads: [], lives: [], access: [] }, 0]);
  });
});

describe('the parts of a contract', () => {
  /** What each part asks for itself, and for the sake of that. */
  const partsOf = (
    contract: Contract,
    of: number,
    { policy, samples = samplesOf({}) }: { policy: WritePolicy; samples?: Samples },
  ) =>
    Array.from({ length: of }, (_, index) => {
      const shard = { index: index + 1, of };
      const { steps, budget } = planRun(contract, targetOf(), policy, samples, {
        ...{ shard, checks: chooseChecks(['all']) },
      });
      const ids = (wanted: boolean) =>
        steps.filter(({ supporting }) => supporting === wanted).map(({ operation }) => operation.id);
      const most = Object.values(budget).reduce((sum, count) => sum + count, 0);
      return { own: ids(false), supporting: ids(true), most };
    });
  const heaviest = (parts: readonly { most: number }[]) => {
    const all = parts.map(({ most }) => most);
    return (Math.max(...all) * all.length) / all.reduce((sum, most) => sum + most, 0);
  };

  test('of a real contract hold each operation once, may ask about as much, and ask little again', async () => {
    const { contract, samples } = await openSpec('spec', ['contract', 'hosts', 'samples']);
    const all = contract.operations.map(({ id }) => id).sort();
    for (const of of [3, 8]) {
      const parts = partsOf(contract, of, { policy: 'none', samples });
      expect(parts.flatMap(({ own }) => own).sort()).toEqual(all);
      expect(heaviest(parts)).toBeLessThan(1.1);
      expect(parts.flatMap(({ supporting }) => supporting).length).toBeLessThanOrEqual(of);
    }
  });

  test('of a large contract ask nothing again', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'openapi.json');
    await writeFile(file, JSON.stringify(largeContract(100)));
    const parts = partsOf(await loadContract(file), 4, { policy: 'none' });
    expect(parts.flatMap(({ supporting }) => supporting)).toEqual([]);
    expect(heaviest(parts)).toBeLessThan(1.05);
  });

  test('create what is needed once, where it is created', () => {
    const parts = partsOf(contractOf(THINGS), 3, { policy: 'full' });
    for (const { own, supporting } of parts) {
      expect(supporting.filter((id) => !id.startsWith('GET'))).toEqual([]);
      if (own.includes('PUT /things/{id}/')) expect(own).toContain('POST /things/');
    }
  });
});
