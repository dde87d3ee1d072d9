import { commandOf } from '../exchange/curl.js';
import type { Json } from '../json.js';
import { coverageView } from './coverage-view.js';
import type { Capability, Run } from '../run/run.js';
import { OUTCOMES, type Outcome } from '../verdict/causes.js';
import { isAsIntended } from './feature-state.js';
import { featuresOf, type Feature } from '../impact/features.js';
import { causeViews, findingView } from './finding-view.js';
import type { ReportInput } from './formats/format.js';
import type { Past, Streak } from '../history/past.js';
import { pictureOf, uptimeLine } from './history-picture.js';
import { SIGNS } from './signs.js';
import { summarise } from './summary.js';
import { readableTime } from './time.js';
import { unaskedLines, unaskedView } from './unasked-view.js';

const MEANINGS: Record<Outcome, string> = {
  works: 'a documented success, and the contract kept',
  deviates: 'a success that breaks the contract',
  rejects: 'routed and authorised; our input was refused',
  denied: 'refused by authentication or permission',
  unrouted: 'no such method and path is known, whatever the status says',
  absent: 'routed, but there is no such resource',
  gone: 'the whole host answers as retired',
  broken: 'a server error, or an answer that cannot be read',
  throttled: 'too many requests',
  unreachable: 'no answer at all',
  skipped: 'not asked',
};

/** What the templates of a report may name; operations are laid side by side over all runs. */
export function viewOf(input: ReportInput) {
  const { runs, features, contract, histories, past: pasts, coverages, turns } = input;
  const ids = new Map<string, { tag: string; operationId: string }>();
  for (const run of runs)
    for (const { id, tag, operationId } of run.operations) ids.set(id, ids.get(id) ?? { tag, operationId });
  const lookup = runs.map((run) => new Map(run.operations.map((operation) => [operation.id, operation])));
  const tags = [...new Set([...ids.values()].map(({ tag }) => tag))];
  const [first] = runs;
  const causes = runs.flatMap((run) => causeViews(run, features));
  const seen = OUTCOMES.filter((outcome) => runs.some((run) => (run.totals[outcome] ?? 0) > 0));
  return {
    title: first === undefined ? 'No run' : `${first.contract.title} ${first.contract.version}`,
    targets: runs.map((run) => run.target).join(' and '),
    owner: runs.map((run) => ({
      name: nameOf(run),
      lines: summarise(run, { features, contract, past: pasts.get(run.id) ?? new Map() }),
    })),
    runs: runs.map((run) => ({
      ...describeRun(run),
      counts: seen.map((outcome) => run.totals[outcome] ?? 0),
    })),
    surprises: runs.flatMap((run) =>
      run.operations
        .filter(({ expected }) => expected?.met === false)
        .map((operation) => ({ id: operation.id, ...detailOf(run, operation, features) })),
    ),
    features: [...new Set(features.map(({ name }) => name))],
    causes,
    shared: causes.some((cause) => cause.shared),
    many: runs.length > 1,
    operations: ids.size,
    groups: tags.map((tag) => ({
      tag,
      rows: [...ids]
        .filter(([, entry]) => entry.tag === tag)
        .map(([id, { operationId }]) => ({
          ...rowOf(id, { runs, lookup, pasts, histories, turns, features }),
          features: featuresOf({ id, operationId }, features).map(({ name }) => name),
          standing: contract?.operations.get(id)?.standing ?? '',
        })),
    })),
    pictures: runs.flatMap((run) => {
      const history = histories.get(run.id);
      return (history && pictureOf(history)) ?? [];
    }),
    legend: seen.map((outcome) => ({ outcome, sign: SIGNS[outcome], meaning: MEANINGS[outcome] })),
    repairs: (first?.contract.repairs ?? []).map((repair) => ({
      place: repair.line === undefined ? repair.file : `${repair.file}:${repair.line}`,
      what: repair.what,
      assumed: repair.assumed,
    })),
    unproven: runs.flatMap((run) =>
      run.unproven.map(({ operation, why, lastProven }) => ({
        target: run.target,
        operation,
        why,
        lastProven: lastProven ?? workedAt(pasts.get(run.id)?.get(operation)),
      })),
    ),
    unasked: runs.map((run) => unaskedView(run, turns.get(run.id))).filter(({ checks }) => checks.length > 0),
    coverages: runs.flatMap(({ id }) => {
      const coverage = coverages.get(id);
      return coverage ? [coverageView(coverage)] : [];
    }),
  };
}

/** When an operation was last seen to work, as far as the runs go back; empty when it never was. */
function workedAt(streak: Streak | undefined): string {
  return streak?.workedAt === undefined ? '' : readableTime(streak.workedAt);
}

function describeRun(run: Run) {
  return {
    id: run.id,
    target: run.target,
    world: run.world ?? '',
    startedAt: readableTime(run.startedAt),
    seconds: ((Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000).toFixed(1),
    tool: `${run.tool.name} ${run.tool.version}`,
    contract: `${run.contract.title} ${run.contract.version}`,
    sha256: run.contract.sha256,
    writes: run.policy.writes,
    rate:
      run.policy.requestsPerSecond === null
        ? 'not limited'
        : `${run.policy.requestsPerSecond} requests a second`,
    asked: run.operations.filter(({ outcome }) => outcome !== 'skipped').length,
    of: run.operations.length,
    complete: run.complete,
    totals: OUTCOMES.flatMap((outcome) => {
      const count = run.totals[outcome] ?? 0;
      const asIntended = run.operations.filter((one) => one.outcome === outcome && isAsIntended(one)).length;
      const rest = [
        { outcome, sign: SIGNS[outcome], count: count - asIntended, asIntended: false },
        { outcome, sign: SIGNS[outcome], count: asIntended, asIntended: true },
      ];
      return rest.filter((part) => part.count > 0);
    }),
    surprises: run.operations.filter(({ expected }) => expected?.met === false).length,
  };
}

/** A target, and where it is a replica the day that it shows. */
function nameOf({ target, world }: Run): string {
  return world === undefined ? target : `${target} (the hosts as on ${world})`;
}

function rowOf(
  id: string,
  {
    runs,
    lookup,
    pasts,
    histories,
    turns,
    features,
  }: Pick<ReportInput, 'runs' | 'histories' | 'turns' | 'features'> & {
    lookup: readonly ReadonlyMap<string, Capability>[];
    pasts: ReadonlyMap<string, Past>;
  },
) {
  const [method = '', path = ''] = id.split(' ');
  const found = runs.map((run, index) => ({ run, operation: lookup[index]?.get(id) }));
  const present = found.flatMap(({ run, operation }) => (operation ? [{ run, operation }] : []));
  return {
    id,
    method,
    path,
    outcomes: [...new Set(present.map(({ operation }) => operation.outcome))].join(' '),
    surprise: present.some(({ operation }) => operation.expected?.met === false),
    cells: found.map(({ run, operation }) => cellOf(run, operation)),
    details: present.map(({ run, operation }) => ({
      ...detailOf(run, operation, features),
      since: sinceText(pasts.get(run.id)?.get(id)),
      uptime: uptimeLine(id, histories.get(run.id)),
      unasked: unaskedLines(operation, turns.get(run.id)),
    })),
  };
}

function sinceText(streak: Streak | undefined): string {
  if (!streak) return '';
  const runs = `${streak.runs} ${streak.runs === 1 ? 'run' : 'runs'}`;
  const before = streak.before
    ? `; before, from ${readableTime(streak.before.at)}: ${streak.before.outcome}`
    : '; nothing else is known';
  return `${readableTime(streak.since)}, ${runs}${before}`;
}

function cellOf(run: Run, operation: Capability | undefined) {
  const outcome = operation?.outcome ?? 'skipped';
  return {
    target: run.target,
    outcome,
    sign: SIGNS[outcome],
    statuses: operation?.statuses.join(', ') ?? '',
    latency: operation?.latencyMs ? `${formatMs(operation.latencyMs.p50)} ms` : '',
    surprise: operation?.expected?.met === false,
    asIntended: operation !== undefined && isAsIntended(operation),
    known: operation?.expected?.accepted !== undefined,
  };
}

function formatMs(value: number): string {
  return value < 10 ? value.toFixed(1) : value.toFixed(0);
}

function detailOf(run: Run, operation: Capability, features: readonly Feature[]) {
  const { expected } = operation;
  return {
    target: run.target,
    outcome: operation.outcome,
    sign: SIGNS[operation.outcome],
    explanation: operation.explanation,
    fix: operation.fix ?? '',
    layer: operation.layer ?? '',
    cause: operation.cause ?? '',
    side: operation.side ?? '',
    confidence: operation.confidence ?? '',
    evidence: operation.evidence,
    ruledOut: operation.ruledOut,
    expectation: expected === null ? '' : expectationText(expected),
    surprise: expected?.met === false,
    /** Whether it does not work, and that is not what it was asked for. */
    failing: operation.cause !== undefined && !isAsIntended(operation),
    findings: operation.findings.map((finding) => findingView(operation, finding, features)),
    exchanges: operation.exchanges.map((exchange) => ({
      role: exchange.purpose ?? exchange.role,
      method: exchange.method,
      url: exchange.url,
      answer: exchange.status === null ? (exchange.failure ?? 'no answer') : String(exchange.status),
      message: exchange.message ?? '',
      at: exchange.at,
      durationMs: exchange.durationMs,
      headers: Object.entries(exchange.responseHeaders).map(([name, value]) => ({ name, value })),
      shape: printShape(exchange.bodyShape as Json),
      curl: commandOf(exchange),
    })),
  };
}

function expectationText(expected: NonNullable<Capability['expected']>): string {
  const wanted = `${expected.outcome}${expected.cause === undefined ? '' : ` (${expected.cause})`}`;
  if (expected.accepted)
    return `Known: ${expected.accepted.reason} (accepted until ${expected.accepted.until})`;
  if (expected.met) return `As expected: ${wanted}`;
  return `Expected ${wanted}${expected.because === undefined ? '' : `; ${expected.because}`}`;
}

function printShape(shape: Json): string {
  return typeof shape === 'string' ? shape : JSON.stringify(shape, null, 2);
}
