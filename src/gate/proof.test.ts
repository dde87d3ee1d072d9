import { describe, expect, test } from 'vitest';
import type { Capability, Run } from '../record/run.js';
import { capability, runOf } from '../testing/runs.js';
import type { Consumer, Need } from '../impact/consumer.js';
import { createProver, type Proof } from './proof.js';

const WRITE = 'POST /things/';
const READ = 'GET /things/';
const NOW = new Date('2026-02-03T12:00:00Z');

type Policy = Consumer['policy'];

function consumerOf(policy: Partial<Policy> = {}): Consumer {
  return {
    id: 'shop',
    named: [],
    name: 'Shop',
    policy: {
      targets: ['production', 'sandbox'],
      writes: 'route',
      maxAge: { read: '26h', route: '26h', validate: '8d', full: '8d', bench: '8d' },
      stale: 'blocks',
      skipped: 'blocks',
      deviates: 'warns',
      ...policy,
    },
    readiness: { ready: 100, mostly: 50 },
    features: [],
  };
}

/** A run so many hours ago, of one operation. */
function ran(
  hoursAgo: number,
  given: Partial<Capability> & { id: string },
  target = 'production',
  run: Partial<Run> = {},
): Run {
  return runOf([capability(given)], {
    id: `${hoursAgo}h-${target}`,
    target,
    startedAt: new Date(NOW.getTime() - hoursAgo * 3_600_000).toISOString(),
    ...run,
  });
}

function prove(
  runs: readonly Run[],
  need: Partial<Need> & { operation: string },
  policy: Partial<Policy> = {},
): Proof {
  return createProver(consumerOf(policy), runs, NOW)({ loss: 'stops', ...need });
}

const works = (id: string, given: Partial<Capability> = {}) => ({ id, safe: id.startsWith('GET'), ...given });
const real = works(WRITE, { manner: 'real' });
const refusedBody = works(WRITE, { manner: 'forbidden-body', outcome: 'rejects', layer: 'application' });
const refusedToken = works(WRITE, {
  manner: 'invalid-token',
  outcome: 'denied',
  layer: 'token',
  cause: 'token-invalid',
  confidence: 'certain',
});
const crash = (id: string, given: Partial<Capability> = {}) =>
  works(id, { outcome: 'broken', layer: 'application', cause: 'crashed', confidence: 'certain', ...given });

const FINDING: Capability['findings'][number] = {
  ...{ check: 'response.body-schema', severity: 'error', message: 'a member is missing', exchange: 0 },
};

describe('how far a manner of asking proves an operation', () => {
  test.each<[what: string, kind: Proof['kind'], given: Partial<Capability> & { id: string }]>([
    ['a read that works', 'read', works(READ)],
    ['a read that works and breaks the contract', 'read', works(READ, { outcome: 'deviates' })],
    ['a real write', 'full', real],
    ['a forbidden body that is refused', 'validate', refusedBody],
    [
      'a forbidden body for a thing that is not there',
      'validate',
      works(WRITE, { manner: 'forbidden-body', outcome: 'absent' }),
    ],
    [
      'a forbidden body that the gateway refuses before anybody has read it',
      'route',
      works(WRITE, { manner: 'forbidden-body', outcome: 'rejects', layer: 'gateway' }),
    ],
    ['a bad token that is refused', 'route', refusedToken],
    [
      'a bad token whose request is refused',
      'route',
      { ...refusedToken, outcome: 'rejects', layer: 'application' },
    ],
    [
      'a bad token whose request finds nothing',
      'route',
      { ...refusedToken, outcome: 'absent', layer: 'resource' },
    ],
  ])('%s: as far as “%s”', (_, kind, given) => {
    expect(prove([ran(1, given)], { operation: given.id })).toMatchObject({ ok: true, kind });
  });

  test.each<[what: string, given: Partial<Capability> & { id: string }]>([
    ['a read that is refused as wrong', works(READ, { outcome: 'rejects', layer: 'application' })],
    ['a read that finds nothing', works(READ, { outcome: 'absent', layer: 'resource' })],
    [
      'a real write that is refused',
      works(WRITE, { manner: 'real', outcome: 'rejects', layer: 'application' }),
    ],
    [
      'a forbidden body that is denied',
      works(WRITE, { manner: 'forbidden-body', outcome: 'denied', layer: 'gateway' }),
    ],
    [
      'a bad token for what is not routed',
      { ...refusedToken, outcome: 'unrouted', layer: 'gateway', cause: 'route-missing' },
    ],
    ['what crashes', crash(READ)],
    [
      'a read whose answer could not be checked as a whole',
      works(READ, {
        findings: [{ ...FINDING, inconclusive: true }],
      }),
    ],
  ])('%s: not at all', (_, given) => {
    expect(prove([ran(1, given)], { operation: given.id })).toMatchObject({ ok: false, kind: 'none' });
  });
});

describe('what is no evidence at all', () => {
  const skipped = { id: READ, outcome: 'skipped', exchanges: [], explanation: 'No id is known.' } as const;

  test('what no run has asked', () => {
    expect(prove([], { operation: READ })).toMatchObject({
      ok: false,
      kind: 'none',
      why: 'no run has asked it',
    });
    expect(prove([], { operation: READ }, { skipped: 'warns' })).toMatchObject({
      ok: true,
      kind: 'none',
      state: 'not proven',
      reliesOn: 'skipped: warns',
      warning: 'not proven: no run has asked it',
    });
  });

  test('what works, but could not be checked as a whole', () => {
    const unchecked = works(READ, { findings: [{ ...FINDING, inconclusive: true }] });
    expect(prove([ran(1, unchecked)], { operation: READ })).toMatchObject({
      state: 'not proven',
      why: 'it works, but a part of the answer could not be checked',
    });
  });

  test('is distinguished from what no run has', () => {
    expect(prove([], { operation: READ }).unasked).toBe(true);
    expect(prove([ran(1, { ...skipped, exchanges: [] })], { operation: READ })).not.toHaveProperty('unasked');
  });

  test('what was skipped', () => {
    expect(prove([ran(1, { ...skipped, exchanges: [] })], { operation: READ })).toMatchObject({
      ok: false,
      why: 'it was not asked: No id is known.',
    });
  });

  test('a run that proved nothing', () => {
    const silent = ran(1, { id: READ, outcome: 'unreachable', layer: 'network' });
    expect(prove([silent], { operation: READ })).toMatchObject({
      ok: false,
      why: 'the run 1h-production proved nothing',
    });
    // It is no failure either: what was known before still is.
    expect(prove([ran(5, works(READ)), silent], { operation: READ })).toMatchObject({
      ok: true,
      run: '5h-production',
    });
  });

  test('a bad token, where the host looks at the token before the route', () => {
    const open = capability({ ...refusedToken, confidence: 'possible' });
    const run = { ...ran(1, works(READ)), operations: [capability(works(READ)), open] };
    expect(prove([run], { operation: WRITE })).toMatchObject({
      ok: false,
      kind: 'none',
      // It is no failure of the operation.
      why: expect.stringContaining('a bad token proves nothing') as string,
    });
  });
});

describe('how much proof is needed', () => {
  const DEFECT = { what: 'it crashes', since: '2026-01-29', ticket: 'crash' };

  test.each<
    [
      what: string,
      ok: boolean,
      given: Partial<Capability> & { id: string },
      need: Partial<Need>,
      policy: Partial<Policy>,
    ]
  >([
    ['as much as the policy asks', true, refusedToken, {}, { writes: 'route' }],
    ['less than the policy asks', false, refusedToken, {}, { writes: 'validate' }],
    ['more than the policy asks', true, real, {}, { writes: 'validate' }],
    ['less than the need asks', false, refusedBody, { proof: 'full' }, { writes: 'route' }],
    ['as much as the need asks', true, real, { proof: 'full' }, { writes: 'route' }],
    ['a route, while a defect is open', false, refusedToken, { defect: DEFECT }, {}],
    ['a refused body, while a defect is open', false, refusedBody, { defect: DEFECT, proof: 'route' }, {}],
    ['a real write, while a defect is open', true, real, { defect: DEFECT }, {}],
    ['a read, whatever is asked of writes', true, works(READ), {}, { writes: 'full' }],
  ])('%s', (_, ok, given, need, policy) => {
    expect(prove([ran(1, given)], { operation: given.id, ...need }, policy).ok).toBe(ok);
  });

  test('an operation that breaks the contract will do, or not, as the policy says', () => {
    const run = ran(1, works(READ, { outcome: 'deviates', findings: [FINDING] }));
    const text = 'it works, but breaks the contract (a member is missing)';
    expect(prove([run], { operation: READ }, { deviates: 'warns' })).toMatchObject({
      ...{ ok: true, state: 'works', warning: text },
    });
    expect(prove([run], { operation: READ }, { deviates: 'blocks' })).toMatchObject({ ok: false, why: text });
    const bare = ran(1, works(READ, { outcome: 'deviates' }));
    expect(prove([bare], { operation: READ }).warning).toBe(
      'it works, but breaks the contract (see the run)',
    );
  });

  test('of what works and keeps the contract nothing has to be said, and no policy is relied on', () => {
    for (const given of [works(READ), real]) {
      const proof = prove([ran(1, given)], { operation: given.id });
      expect(proof).toMatchObject({ ok: true, state: 'works' });
      expect(proof).not.toHaveProperty('warning');
      expect(proof).not.toHaveProperty('reliesOn');
    }
  });

  test('what was not done for real names what lets it pass: the policy, or the need itself', () => {
    expect(prove([ran(1, refusedToken)], { operation: WRITE })).toMatchObject({
      ...{ ok: true, state: 'not proven', reliesOn: 'writes: route' },
    });
    expect(prove([ran(1, refusedBody)], { operation: WRITE, proof: 'validate' })).toMatchObject({
      ...{ ok: true, state: 'not proven', reliesOn: 'proof: validate' },
    });
  });

  test('what is not enough says how far it is proven, by the strongest, and what is open', () => {
    const runs = [ran(1, refusedToken), ran(3, refusedBody), ran(2, refusedToken, 'sandbox')];
    const proof = prove(runs, { operation: WRITE, defect: DEFECT });
    expect(proof).toMatchObject({
      ...{ operation: WRITE, loss: 'stops', ageHours: 3 },
      ...{ ok: false, state: 'not proven', kind: 'validate', run: '3h-production' },
      why: 'it is proven as far as “validate”, and “full” is needed; open defect of the vendor since 2026-01-29: it crashes (ticket “crash”)',
    });
  });

  test('what fails on another target is none of the evidence', () => {
    const elsewhere = ran(1, crash(WRITE, { manner: 'real' }), 'sandbox');
    expect(prove([ran(2, refusedToken), elsewhere], { operation: WRITE, proof: 'full' })).toMatchObject({
      ...{ ok: false, state: 'not proven', kind: 'route', target: 'production' },
    });
  });
});

describe('how old evidence may be', () => {
  test.each<[what: string, ok: boolean, hoursAgo: number, given: Partial<Capability> & { id: string }]>([
    ['a read of 26 hours ago', true, 26, works(READ)],
    ['a read of 27 hours ago', false, 27, works(READ)],
    ['a route of 27 hours ago', false, 27, refusedToken],
    ['a refused body of 8 days ago', true, 8 * 24, refusedBody],
    ['a refused body of 9 days ago', false, 9 * 24, refusedBody],
    ['a real write of 8 days ago', true, 8 * 24, real],
    ['a real write of 9 days ago', false, 9 * 24, real],
  ])('%s', (_, ok, hoursAgo, given) => {
    expect(prove([ran(hoursAgo, given)], { operation: given.id }).ok).toBe(ok);
  });

  test('evidence that is too old is reported as such, and counts only where the policy says so', () => {
    const runs = [ran(40, works(READ))];
    expect(prove(runs, { operation: READ })).toMatchObject({ ok: false, stale: true });
    expect(prove(runs, { operation: READ }, { stale: 'warns' })).toMatchObject({
      ok: true,
      state: 'not proven',
      stale: true,
      reliesOn: 'stale: warns',
      warning: 'its evidence is 40 h old; 26h is the limit',
    });
  });

  test('of several the freshest that is strong enough counts', () => {
    const runs = [ran(40, works(READ)), ran(5, works(READ))];
    expect(prove(runs, { operation: READ })).toMatchObject({ ok: true, run: '5h-production' });
    const old = [ran(60, works(READ)), ran(40, works(READ)), ran(50, works(READ))];
    expect(prove(old, { operation: READ }).run).toBe('40h-production');
    const unlike = [ran(10 * 24, real), ran(30, refusedToken)];
    expect(prove(unlike, { operation: WRITE })).toMatchObject({ kind: 'route', run: '30h-production' });
    const weak = [ran(1, refusedToken), ran(100, real)];
    expect(prove(weak, { operation: WRITE, proof: 'full' })).toMatchObject({
      ok: true,
      run: '100h-production',
    });
  });
});

test('of evidence of the same strength that of the first target counts, and of one target the newest', () => {
  const good = works(READ);
  const runs = [ran(1, good, 'sandbox'), ran(3, good), ran(2, good), ran(1, good, 'elsewhere')];
  expect(prove(runs, { operation: READ }).run).toBe('2h-production');
  expect(prove(runs.slice(0, 1), { operation: READ }).run).toBe('1h-sandbox');
  expect(prove([ran(1, good, 'elsewhere'), ran(2, good, 'sandbox')], { operation: READ }).run).toBe(
    '2h-sandbox',
  );
});

describe('a failure stands', () => {
  test('also where the answer proves nothing: there is no such route', () => {
    const unrouted = works(READ, { outcome: 'unrouted', layer: 'gateway', cause: 'route-missing' });
    const run = { ...ran(1, works(READ)), operations: [capability(unrouted), capability(works(WRITE))] };
    expect(prove([run], { operation: READ })).toMatchObject({ state: 'fails', outcome: 'unrouted' });
  });

  test('until something newer shows that it is over', () => {
    expect(prove([ran(5, works(READ)), ran(1, crash(READ))], { operation: READ }).ok).toBe(false);
    expect(prove([ran(5, crash(READ)), ran(1, works(READ))], { operation: READ }).ok).toBe(true);
  });

  test('when something newer shows less: that there is a route does not show that nothing crashes behind it', () => {
    const crashed = ran(5, crash(WRITE, { manner: 'real' }));
    expect(prove([crashed, ran(1, refusedToken)], { operation: WRITE }).ok).toBe(false);
    expect(prove([crashed, ran(1, refusedBody)], { operation: WRITE }).ok).toBe(false);
    expect(prove([crashed, ran(1, real)], { operation: WRITE }).ok).toBe(true);
  });

  test('only as far as the request that failed could have proven something', () => {
    const body = ran(5, crash(WRITE, { manner: 'forbidden-body' }));
    expect(prove([body, ran(1, refusedToken)], { operation: WRITE }).ok).toBe(false);
    expect(prove([body, ran(1, refusedBody)], { operation: WRITE }).ok).toBe(true);
    const token = ran(5, crash(WRITE, { manner: 'invalid-token' }));
    expect(prove([token, ran(1, refusedToken)], { operation: WRITE }).ok).toBe(true);
  });

  test('when what shows that it is over is of the same moment, or fails as well', () => {
    expect(prove([ran(1, crash(READ)), ran(1, works(READ))], { operation: READ }).ok).toBe(false);
    const denied = works(READ, { outcome: 'denied', layer: 'application', cause: 'permission-denied' });
    expect(prove([ran(1, denied), ran(5, crash(READ))], { operation: READ })).toMatchObject({
      ...{ state: 'fails', run: '1h-production', cause: 'permission-denied' },
    });
  });

  test('the newest of several, with its cause and the side that can change it', () => {
    const runs = [
      ran(5, crash(READ)),
      ran(1, crash(READ, { side: 'vendor-application' })),
      ran(3, crash(READ)),
    ];
    expect(prove(runs, { operation: READ })).toMatchObject({
      ...{ ok: false, state: 'fails', kind: 'none', outcome: 'broken', cause: 'crashed' },
      ...{ run: '1h-production', latencyMs: 2 },
      why: 'it is broken (crashed, side: vendor-application)',
    });
    const unexplained = ran(
      1,
      works(READ, { outcome: 'rejects', layer: 'application', latencyMs: null, expected: null }),
    );
    const proof = prove([unexplained], { operation: READ });
    expect(proof.why).toBe('it is refused as wrong input');
    expect(proof).not.toHaveProperty('cause');
    expect(proof).not.toHaveProperty('latencyMs');
  });

  test('with what a person has accepted of it, and the ticket where there is one', () => {
    const accepted = { reason: 'the vendor knows', until: '2026-12-31' };
    const known = (given: object) =>
      crash(READ, { expected: { outcome: 'broken', met: true, accepted: { ...accepted, ...given } } });
    expect(prove([ran(1, known({}))], { operation: READ }).why).toBe(
      'it is broken (crashed); known: the vendor knows',
    );
    expect(prove([ran(1, known({ ticket: 'crash' }))], { operation: READ }).why).toBe(
      'it is broken (crashed); known: the vendor knows, ticket “crash”',
    );
  });

  test('on the first target, whatever works on another', () => {
    const runs = [ran(1, crash(READ)), ran(1, works(READ), 'sandbox')];
    expect(prove(runs, { operation: READ })).toMatchObject({ ok: false, target: 'production' });
  });

  test('not on the second target, while the first works', () => {
    const runs = [ran(1, works(READ)), ran(1, crash(READ), 'sandbox')];
    expect(prove(runs, { operation: READ })).toMatchObject({ ok: true, target: 'production' });
  });

  test('also on a target that nobody has named, where no other was asked', () => {
    expect(prove([ran(1, crash(READ), 'elsewhere')], { operation: READ }).ok).toBe(false);
    expect(prove([ran(1, crash(READ), 'elsewhere'), ran(1, works(READ))], { operation: READ }).ok).toBe(true);
  });
});
