import { proofOf } from '../../record/proof.js';
import { expectations, type ExpectedEntry, type Expectations } from '../../record/expected.js';
import type { Capability, Run } from '../../record/run.js';
import { whyUnproven } from '../../record/unproven.js';
import { refused, withOperations } from '../vary.js';

/** A run with something wrong in it, and what was expected of the target. */
export interface Broken {
  run: Run;
  expectations: Expectations;
}

type Change = (operation: Capability, index: number) => Partial<Capability>;
type How = Parameters<typeof refused>[1];

const CRASH: How = { status: 500, outcome: 'broken', layer: 'application', cause: 'crashed' };
const DENIED: How = { status: 403, outcome: 'denied', layer: 'gateway', cause: 'access-denied' };
const NO_ROUTE: How = { status: 403, outcome: 'unrouted', layer: 'gateway', cause: 'route-missing' };
const BAD_TOKEN: How = { status: 401, outcome: 'denied', layer: 'token', cause: 'token-invalid' };
const REJECTS: How = { status: 422, outcome: 'rejects', layer: 'application', cause: 'validation-failed' };

const SEARCH = 'POST /v1/appointment/_search/';
const LIST = 'GET /v1/appointment/';
const DOCUMENTS = 'POST /v1/documentReferences/';

/** Refuses an operation in this way, however it was asked before. */
const all =
  (how: How, more: Partial<Capability> = {}): Change =>
  (one) => ({ ...refused(asked(one), how), ...more });

const some =
  (isMeant: (one: Capability, index: number) => boolean, change: Change): Change =>
  (one, index) =>
    isMeant(one, index) ? change(one, index) : one;

const isWrite = ({ safe }: Capability) => !safe;
const is =
  (...ids: readonly string[]) =>
  ({ id }: Capability) =>
    ids.includes(id);

/** Asked with a bad token or a forbidden body, and what came of it. */
const provoked =
  (manner: 'invalid-token' | 'forbidden-body', how: How): Change =>
  (one) => ({ ...refused(asked(one), how), manner });

const letIn =
  (manner: 'invalid-token' | 'forbidden-body'): Change =>
  (one) => ({ ...working(one), manner });

function working(operation: Capability): Capability {
  const one: Capability = {
    ...asked(operation),
    outcome: 'works',
    explanation: 'It does what the contract says.',
    findings: [],
    statuses: [200],
  };
  delete one.cause;
  delete one.layer;
  delete one.side;
  delete one.confidence;
  delete one.fix;
  delete one.codes;
  return one;
}

/** An operation as one that was asked for real, whatever the recording says. */
function asked(operation: Capability): Capability {
  return { ...operation, manner: operation.safe ? 'plain' : 'real' };
}

/** What was not asked in the recording has the exchange of another operation. */
function withExchange(operation: Capability, others: readonly Capability[]): Capability {
  const isOwn = ({ role }: Capability['exchanges'][number]) => role === 'operation';
  if (operation.exchanges.some(isOwn)) return operation;
  const borrowed = others.flatMap(({ exchanges }) => exchanges).find(isOwn);
  return { ...operation, exchanges: borrowed ? [borrowed] : [] };
}

const finding = (severity: 'error' | 'warning', more: Partial<Capability['findings'][number]> = {}) => ({
  ...{ check: 'answer/body-schema', code: 'type', severity, message: 'it is a number', exchange: 0 },
  ...more,
});

const deviating: Change = (one) => ({ ...working(one), outcome: 'deviates', findings: [finding('error')] });

const skipped: Change = (one) => ({
  ...one,
  outcome: 'skipped',
  explanation: 'It was not its turn.',
  statuses: [],
  latencyMs: null,
  findings: [],
  exchanges: [],
});

const DEFECT = { outcome: 'broken', cause: 'crashed' } as const;
const ACCEPTED = { reason: 'known to the vendor', until: '2026-12-31', ticket: 'T-7' };

/** What is made of a run in which most operations work, and what is expected beside that everything works. */
const BROKEN: Readonly<Record<string, { change: Change; expected?: Record<string, ExpectedEntry> }>> = {
  'nothing is wrong': { change: working },
  'writes are asked with a bad token': { change: some(isWrite, provoked('invalid-token', BAD_TOKEN)) },
  'writes are asked with a forbidden body': { change: some(isWrite, provoked('forbidden-body', REJECTS)) },
  'a forbidden body is refused by the gateway': {
    change: some(isWrite, provoked('forbidden-body', { ...REJECTS, layer: 'gateway' })),
  },
  'a bad token is stopped by a firewall': {
    change: some(isWrite, provoked('invalid-token', { ...DENIED, layer: 'edge', cause: 'edge-blocked' })),
  },
  'a bad token is let in': { change: some(isWrite, letIn('invalid-token')) },
  'a forbidden body is taken': { change: some(isWrite, letIn('forbidden-body')) },
  'a bad token crashes the host': { change: some(isWrite, provoked('invalid-token', CRASH)) },
  'everything is denied': { change: all(DENIED) },
  'every refusal leaves all open': { change: all(DENIED, { confidence: 'possible' }) },
  'everything crashes': { change: all(CRASH) },
  'writes crash': { change: some(isWrite, all(CRASH)) },
  'every second operation is skipped': { change: some((_, index) => index % 2 === 0, skipped) },
  'everything is skipped': { change: skipped },
  'much is wrong at once': {
    change: (one, index) => {
      if (one.id === SEARCH || one.id === LIST) return all(NO_ROUTE)(one, index);
      if (one.id === DOCUMENTS) return all(CRASH)(one, index);
      if (!one.safe && index % 4 === 0) return provoked('invalid-token', BAD_TOKEN)(one, index);
      return index % 7 === 0 ? skipped(one, index) : one;
    },
  },
  'the host is gone': { change: all({ ...NO_ROUTE, outcome: 'gone', cause: 'host-gone' }) },
  'the token is refused': { change: all(BAD_TOKEN) },
  'nothing answers': {
    change: (one) => ({
      ...refused(asked(one), { status: 0, outcome: 'unreachable', layer: 'network', cause: 'dns-failure' }),
      statuses: [],
    }),
  },
  'one operation does not answer': {
    change: some(
      is(LIST),
      all({ status: 0, outcome: 'unreachable', layer: 'network', cause: 'connection-timeout' }),
    ),
  },
  'everything is throttled': {
    change: all({ status: 429, outcome: 'throttled', layer: 'gateway', cause: 'rate-limited' }),
  },
  'some is throttled': {
    change: some(
      (_, index) => index % 3 === 0,
      all({ status: 429, outcome: 'throttled', layer: 'gateway', cause: 'rate-limited' }),
    ),
  },
  'an operation and its workaround are not routed': { change: some(is(SEARCH, LIST), all(NO_ROUTE)) },
  'an operation is not routed, its workaround works': { change: some(is(SEARCH), all(NO_ROUTE)) },
  'a defect is accepted': {
    change: some(is(DOCUMENTS), all(CRASH)),
    expected: { [DOCUMENTS]: { ...DEFECT, accepted: ACCEPTED } },
  },
  'an acceptance is over': {
    change: some(is(DOCUMENTS), all(CRASH)),
    expected: { [DOCUMENTS]: { ...DEFECT, accepted: { ...ACCEPTED, until: '2026-01-01' } } },
  },
  'a refusal is expected': {
    change: some(is(SEARCH), all(NO_ROUTE)),
    expected: { [SEARCH]: { outcome: 'unrouted', cause: 'route-missing' } },
  },
  'a refusal is expected for another reason': {
    change: some(is(SEARCH), all(NO_ROUTE)),
    expected: { [SEARCH]: { outcome: 'denied', cause: 'access-denied' } },
  },
  'a defect is gone': { change: working, expected: { [DOCUMENTS]: DEFECT } },
  'reads break the contract': { change: some(({ safe }) => safe, deviating) },
  'reads break the contract as they did before': {
    change: some(is(LIST), deviating),
    expected: { [LIST]: { outcome: 'deviates' } },
  },
  'something is warned of': {
    change: some(is(LIST), (one) => ({ ...working(one), findings: [finding('warning')] })),
  },
  'a finding is accepted': {
    change: some(is(LIST), (one) => ({
      ...working(one),
      findings: [finding('warning', { accepted: { reason: 'known', until: '2026-12-31' } })],
    })),
  },
  'a new warning, where findings are listed': {
    change: some(is(LIST), (one) => ({ ...working(one), findings: [finding('warning')] })),
    expected: { [LIST]: { outcome: 'works', findings: [] } },
  },
  'nothing could be checked whole': {
    change: (one) => ({ ...working(one), findings: [finding('warning', { inconclusive: true })] }),
  },
};

/** Names of what can be wrong with a run. */
export const WRONG = [...Object.keys(BROKEN), 'there is no operation'];

/** A run with one of these things wrong, judged as the program judges runs. */
export function brokenRun(run: Run, wrong: string): Broken {
  const { change, expected = {} } = BROKEN[wrong] ?? { change: working };
  const own = expectations({ operations: expected });
  const base = wrong === 'there is no operation' ? [] : run.operations;
  const operations = base.map((operation, index) => {
    const one = working(withExchange(operation, base));
    return { ...one, ...change(one, index) };
  });
  return { run: judged({ ...run, ...contractOf(run, operations) }, operations, own), expectations: own };
}

function contractOf(run: Run, operations: readonly Capability[]): Pick<Run, 'contract'> {
  return { contract: { ...run.contract, operations: operations.length } };
}

/** Gives a run what follows from its operations: what is proven, whether it was expected, what is not proven. */
function judged(run: Run, operations: readonly Capability[], own: Expectations): Run {
  const today = run.startedAt.slice(0, 10);
  const complete = operations.map((operation): Capability => {
    const proven = { ...operation, proof: proofOf(operation) };
    return { ...proven, expected: own.of(proven, run.policy.writes, today) };
  });
  return {
    ...withOperations(run, complete),
    unproven: complete.flatMap((operation) => whyUnproven(operation) ?? []),
  };
}
