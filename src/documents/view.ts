import { commandOf } from '../exchange/curl.js';
import type { Json } from '../json.js';
import { coverageView } from './coverage-view.js';
import type { Capability, Run } from '../record/run.js';
import { stateOf } from '../record/proof.js';
import { isSurprise, verdictOf } from '../record/success.js';
import { featuresOf, type Feature } from '../impact/features.js';
import { causeViews, findingView } from './finding-view.js';
import type { ReportInput } from './formats/format.js';
import type { Past, Streak } from '../history/past.js';
import { pictureOf, uptimeLine } from './history-picture.js';
import { countsOf, LABELS, labelOf, MEANINGS, SIGNS, slugOf, type Label } from './labels.js';
import { overviewOf, surroundingsOf } from './overview/overview.js';
import { overviewView } from './overview/view.js';
import { benchView } from './bench-view.js';
import { readableTime } from '../clock.js';
import { shapeText } from './shape-text.js';
import { unaskedLines, unaskedView } from './unasked-view.js';

/** What the templates of a report may name; operations are laid side by side over all runs. */
export function viewOf(input: ReportInput) {
  const { runs, features, contract, histories, past: pasts, coverages, turns, bench } = input;
  const ids = new Map<string, { tag: string }>();
  for (const run of runs) for (const { id, tag } of run.operations) ids.set(id, ids.get(id) ?? { tag });
  const lookup = runs.map((run) => new Map(run.operations.map((operation) => [operation.id, operation])));
  const tags = [...new Set([...ids.values()].map(({ tag }) => tag))];
  const [first] = runs;
  const causes = runs.flatMap((run) => causeViews(run, features));
  const labels = runs.map(
    ({ operations }) => new Map(countsOf(operations).map(({ label, count }) => [label, count])),
  );
  const overviews = runs.map((run, index) => ({
    ...describeRun(run),
    ...overviewView(overviewOf(run, surroundingsOf(run, input)), {
      run,
      index,
      history: histories.get(run.id),
      gates: input.gates.get(run.id) ?? [],
    }),
  }));
  const rows = new Map(
    [...ids].map(([id, { tag }]) => [
      id,
      {
        tag,
        ...rowOf(id, { runs, lookup, pasts, histories, turns, features }),
        features: featuresOf({ id }, features).map(({ name }) => name),
        standing: contract?.operations.get(id)?.standing ?? '',
        news: newsOf(id, overviews),
      },
    ]),
  );
  const seen = LABELS.filter((label) => labels.some((counts) => counts.has(label)));
  return {
    title: first === undefined ? 'No run' : `${first.contract.title} ${first.contract.version}`,
    targets: runs.map((run) => run.target).join(' and '),
    overviews,
    sections: sectionsOf(overviews, rows, tags),
    benches: bench ? [benchView(bench)] : [],
    runs: runs.map((run, index) => ({
      ...describeRun(run),
      counts: seen.map((label) => labels[index]?.get(label) ?? 0),
    })),
    surprises: runs.flatMap((run) =>
      run.operations
        .filter(isSurprise)
        .map((operation) => ({ id: operation.id, ...detailOf(run, operation, features) })),
    ),
    features: [...new Set(features.map(({ name }) => name))],
    causes,
    shared: causes.some((cause) => cause.shared),
    many: runs.length > 1,
    operations: ids.size,
    groups: tags.map((tag) => ({
      tag,
      rows: [...rows.values()].filter((row) => row.tag === tag),
    })),
    pictures: runs.flatMap((run) => {
      const history = histories.get(run.id);
      return (history && pictureOf(history)) ?? [];
    }),
    legend: seen.map((label) => ({ ...markOf(label), meaning: MEANINGS[label] })),
    repairs: (first?.contract.repairs ?? []).map((repair) => ({
      place: repair.line === undefined ? repair.file : `${repair.file}:${repair.line}`,
      what: repair.what,
      assumed: repair.assumed,
    })),
    unproven: overviews.flatMap(({ target, unproven }) =>
      unproven.flatMap(({ why, operations }) => operations.map((one) => ({ target, why, ...one }))),
    ),
    unasked: runs.map((run) => unaskedView(run, turns.get(run.id))).filter(({ checks }) => checks.length > 0),
    coverages: runs.flatMap(({ id }) => {
      const coverage = coverages.get(id);
      return coverage ? [coverageView(coverage)] : [];
    }),
  };
}

function describeRun(run: Run) {
  const verdict = verdictOf(run);
  const surprises = run.operations.filter(isSurprise).length;
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
    totals: countsOf(run.operations).map(({ label, count, name, text }) => ({
      ...markOf(label),
      ...{ count, name, text },
    })),
    surprises,
    verdict,
  };
}

/** A label as it is shown, as a style is named by it, and its sign. */
function markOf(label: Label) {
  return { outcome: label, slug: slugOf(label), sign: SIGNS[label] };
}

type News = ReturnType<typeof newsOf>;
type Rows = ReadonlyMap<
  string,
  ReturnType<typeof rowOf> & { tag: string; features: string[]; standing: string; news: News }
>;

/** The mark of an operation that does something else than in the run before; none, or one. */
function newsOf(
  id: string,
  overviews: readonly Pick<ReturnType<typeof overviewView>, 'fresh' | 'recovered'>[],
) {
  if (overviews.some(({ fresh }) => fresh.includes(id))) return [{ slug: 'new', text: 'new' }];
  if (overviews.some(({ recovered }) => recovered.includes(id)))
    return [{ slug: 'recovered', text: 'now works' }];
  return [];
}

/**
 * The operations as the page lists them, each once: those of a cause with it, and the others by their tags. Of several runs
 * the first that has a cause for an operation gives it its place.
 */
function sectionsOf(
  overviews: readonly ReturnType<typeof overviewView>[],
  rows: Rows,
  tags: readonly string[],
) {
  const placed = new Set<string>();
  const place = (ids: readonly string[]) => {
    const own = ids.filter((id) => !placed.has(id));
    for (const id of own) placed.add(id);
    return own.flatMap((id) => rows.get(id) ?? []);
  };
  const causes = overviews.flatMap(({ causes: own, target }) =>
    own.map((cause) => ({
      title: cause.title,
      counts: [] as Counted[],
      causes: [{ ...cause, target }],
      rows: place(cause.operations.map(({ id }) => id)),
    })),
  );
  const others = tags.map((tag) => {
    const own = place([...rows.values()].filter((row) => row.tag === tag).map(({ id }) => id));
    return {
      title: tag,
      counts: countCells(own),
      causes: [],
      rows: own,
    };
  });
  return [...causes, ...others.filter((section) => section.rows.length > 0)];
}

/** How many operations of a section have a label. */
export interface Counted {
  outcome: string;
  slug: string;
  sign: string;
  count: number;
}

/** How many rows have each label, on the first target that has them. */
function countCells(rows: readonly ReturnType<typeof rowOf>[]): Counted[] {
  const cells = rows.flatMap(({ cells: [first] }) => first ?? []);
  return LABELS.flatMap((label) => {
    const count = cells.filter(({ outcome }) => outcome === label).length;
    return count === 0 ? [] : [{ ...markOf(label), count }];
  });
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
    labels: [...new Set(present.map(({ operation }) => slugOf(labelOf(operation))))].join(' '),
    surprise: present.some(({ operation }) => isSurprise(operation)),
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
  return {
    target: run.target,
    ...markOf(operation ? labelOf(operation) : 'skipped'),
    statuses: operation?.statuses.join(', ') ?? '',
    latency: operation?.latencyMs ? `${formatMs(operation.latencyMs.p50)} ms` : '',
    surprise: operation !== undefined && isSurprise(operation),
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
    ...markOf(labelOf(operation)),
    explanation: operation.explanation,
    fix: operation.fix ?? '',
    layer: operation.layer ?? '',
    cause: operation.cause ?? '',
    side: operation.side ?? '',
    confidence: operation.confidence ?? '',
    evidence: operation.evidence,
    ruledOut: operation.ruledOut,
    expectation: expected === null ? '' : expectationText(expected),
    surprise: isSurprise(operation),
    /** Whether it does not do what it should, for a cause. */
    failing: operation.cause !== undefined && ['fails', 'let in'].includes(stateOf(operation)),
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
      // Of a control its status and message count.
      shape: exchange.role === 'control' ? '' : shapeText(exchange.bodyShape as Json),
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
