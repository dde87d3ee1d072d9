import { Type, type Static } from '@sinclair/typebox';
import { openRecords, type Records } from '../artefact/folder.js';
import { literals } from '../document/literals.js';
import { parseTypedDocument } from '../document/read.js';
import { compareShapes, describeDifference } from '../exchange/compare-shapes.js';
import { pointer, type Json } from '../json.js';
import { together } from '../problem.js';
import type { Named } from '../targets/named.js';
import { WRITE_POLICIES, type WritePolicy } from '../targets/targets.js';
import { CAUSES, OUTCOMES, type Cause } from '../verdict/causes.js';
import { isListed, keyByMessage } from '../checks/finding-key.js';
import { changedSince } from './acceptance-log.js';
import { isBeyond, LATENCY_CLASSES } from './latency-class.js';
import { type Capability, unaskedOf } from './run.js';
import { standingOf } from './standing.js';

const closed = { additionalProperties: false };

const Entry = Type.Object(
  {
    outcome: literals(OUTCOMES),
    cause: Type.Optional(literals(Object.keys(CAUSES) as Cause[])),
    /** The status of what does not simply work. */
    status: Type.Optional(Type.Integer({ minimum: 100, maximum: 599 })),
    /** The findings that are known, as `findingKey` writes them. Where they are given, any other is news. */
    findings: Type.Optional(Type.Array(Type.String())),
    /** A defect that is known and accepted for now. It dies with its date, and when the answer changes. */
    accepted: Type.Optional(
      Type.Object(
        {
          reason: Type.String(),
          owner: Type.Optional(Type.String()),
          ticket: Type.Optional(Type.String()),
          until: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
          /** Who accepted it, and on which day. */
          by: Type.Optional(Type.String()),
          on: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
          /** What the answer was: of a refusal as a whole, of a success its shape without lengths. */
          fingerprint: Type.Optional(Type.String()),
          shape: Type.Optional(Type.Unknown()),
          latency: Type.Optional(literals(LATENCY_CLASSES)),
        },
        closed,
      ),
    ),
  },
  closed,
);
export type ExpectedEntry = Static<typeof Entry>;

/** `expected/<target>.yaml` of a spec folder. */
export const ExpectedFile = Type.Object(
  {
    /** The write policy under which the expectations for operations that change something hold. */
    writes: Type.Optional(literals(WRITE_POLICIES)),
    operations: Type.Record(Type.String(), Entry),
  },
  closed,
);
export type ExpectedFile = Static<typeof ExpectedFile>;

/** What each operation is expected to do on one target today. */
export interface Expectations {
  of: (capability: Capability, policy: WritePolicy, today: string) => Capability['expected'];
}

/** What is expected of the targets of a spec folder. */
export interface Expected {
  /** Of a target without a file of its own: that everything works. */
  of: (target: string) => Expectations;
  /** The file for a target; undefined when nothing was accepted yet. */
  fileOf: (target: string) => string | undefined;
  /** That the file for a target was changed by hand since it was last written with a record of who and why. */
  unrecordedOf: (target: string) => string | undefined;
  named: readonly Named[];
  /** The targets that have a file. */
  targets: readonly string[];
}

/**
 * Reads `expected/<target>.yaml` of a spec folder, for every target that has one.
 * @throws Problem with file and line.
 */
export async function readExpected(specDir: string): Promise<Expected> {
  return readExpectedIn(openRecords(specDir));
}

/**
 * What is expected where a store keeps expectations of its own: of a target that it has none of, what the spec folder says.
 * @param store undefined where there is none
 */
export async function expectedOver(below: Expected, store: Records | undefined): Promise<Expected> {
  if (store === undefined) return below;
  const above = await readExpectedIn(store);
  const of = (target: string): Expected => (above.targets.includes(target) ? above : below);
  return {
    of: (target) => of(target).of(target),
    fileOf: (target) => of(target).fileOf(target),
    unrecordedOf: (target) => of(target).unrecordedOf(target),
    named: [...below.named, ...above.named],
    targets: [...new Set([...below.targets, ...above.targets])],
  };
}

async function readExpectedIn(records: Records): Promise<Expected> {
  const names = await records.list('expected');
  const targets = names
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -'.yaml'.length));
  const files = await together(
    targets.map(async (target) => {
      const { file, text, log } = await readExpectedFile(records, target);
      const { value: data, lineOf } = parseTypedDocument(text ?? '', file, ExpectedFile);
      const named: Named[] = [
        { kind: 'target', name: target, bears: 'description', place: { file } },
        ...Object.keys(data.operations).map((name): Named => ({
          ...{ kind: 'operation', name, bears: 'description' },
          place: { file, line: lineOf(pointer('operations', name)) },
        })),
      ];
      const since = log === '' ? undefined : changedSince(log, text ?? '');
      return { target, file, data, since, named };
    }),
  );
  const byTarget = new Map(files.map((one) => [one.target, one]));
  return {
    of: (target) => expectations(byTarget.get(target)?.data ?? { operations: {} }),
    fileOf: (target) => byTarget.get(target)?.file,
    named: files.flatMap(({ named }) => named),
    targets,
    unrecordedOf: (target) => {
      const { file = '', since } = byTarget.get(target) ?? {};
      return (
        since &&
        `${file} was changed after ${since.at.slice(0, 10)}, when ${since.by} last accepted a run, and nothing says by whom or why`
      );
    },
  };
}

/**
 * What is kept of the expectations for a target.
 * @returns where the file is, as people are shown it; its text, undefined where it is not there; and the text of the log of
 *   who changed it, and why, empty where there is none
 */
export async function readExpectedFile(
  records: Records,
  target: string,
): Promise<{ file: string; text: string | undefined; log: string }> {
  const name = expectedName(target);
  const [text, log] = await Promise.all([records.read(name), records.read(acceptanceLogName(target))]);
  return { file: records.place(name), text, log: log ?? '' };
}

/** The name of the record of the expectations for a target. */
export function expectedName(target: string): string {
  return `expected/${target}.yaml`;
}

/** The name of the record of who changed the expectations for a target, and why. */
export function acceptanceLogName(target: string): string {
  return `expected/${target}.log.jsonl`;
}

/** Expectations as such a file holds them. What it does not name is expected to work, as far as it is asked. */
export function expectations(data: ExpectedFile): Expectations {
  return {
    of: (capability, policy, today) => {
      if (capability.outcome === 'skipped') return null;
      const { operations } = data;
      const entry = Object.hasOwn(operations, capability.id) ? operations[capability.id] : undefined;
      const holds = capability.safe || data.writes === undefined || data.writes === policy;
      return compare((holds ? entry : undefined) ?? usual(capability), capability, today);
    },
  };
}

/** What an operation that nobody has said anything about is expected to do, asked as it was asked. */
function usual({ manner, outcome }: Capability): ExpectedEntry {
  if (manner === 'invalid-token') return { outcome: 'denied', cause: 'token-invalid' };
  // That the thing is not there is as good a proof of the route as that the body is wrong.
  if (manner === 'forbidden-body') return { outcome: outcome === 'absent' ? 'absent' : 'rejects' };
  return { outcome: 'works' };
}

function compare(
  entry: ExpectedEntry,
  found: Capability,
  today: string,
): NonNullable<Capability['expected']> {
  const { outcome, cause, status, findings, accepted } = entry;
  const expected = { outcome, ...(cause === undefined ? {} : { cause }) };
  // Whether a defect that is known is still there was not looked at.
  if (outcome === 'deviates' && found.outcome === 'works' && unaskedOf(found).size > 0)
    return { ...expected, met: true };
  if (found.outcome !== outcome) return { ...expected, met: false, ...overIn(found) };
  if (cause !== undefined && found.cause !== cause) {
    return {
      ...expected,
      met: false,
      code: 'other-cause',
      because: `the cause is ${found.cause ?? 'unknown'}, not ${cause}`,
    };
  }
  if (status !== undefined && !found.statuses.includes(status)) {
    const because = `the status is ${found.statuses.join(', ') || 'none'}, not ${status}`;
    return { ...expected, met: false, code: 'other-status', because };
  }
  const news = found.findings.filter(
    (finding) => findings && finding.accepted === undefined && !isListed(finding, findings),
  );
  const [first] = news;
  if (first) {
    const more = news.length > 1 ? ` and ${news.length - 1} more` : '';
    return {
      ...expected,
      met: false,
      code: 'finding-new',
      because: `a finding is new: ${keyByMessage(first)}${more}`,
    };
  }
  if (accepted === undefined) return { ...expected, met: true };
  const { reason, owner, until, ticket } = accepted;
  const known = {
    reason,
    ...(owner === undefined ? {} : { owner }),
    until,
    ...(ticket === undefined ? {} : { ticket }),
  };
  if (until < today) {
    return {
      ...expected,
      met: false,
      code: 'acceptance-over',
      because: `it was accepted until ${until} (${reason})`,
    };
  }
  const change = changeSince(accepted, found);
  if (change !== undefined) {
    return { ...expected, met: false, code: 'answer-changed', because: `${change} (accepted: ${reason})` };
  }
  return { ...expected, met: true, accepted: known };
}

/** What is not as it was when a defect was accepted, as a clause; undefined where everything is. */
export function changeSince(
  { fingerprint, shape, latency }: NonNullable<ExpectedEntry['accepted']>,
  found: Capability,
): string | undefined {
  const answers = found.exchanges.filter(({ role }) => role === 'operation');
  // The data of a success varies: there the findings say whether the defect is the one that was accepted, and its shape.
  if (found.outcome !== 'deviates' && fingerprint !== undefined) {
    const isSame = answers.some((answer) => answer.fingerprint === fingerprint);
    if (!isSame) return 'the answer is another one than the one that was accepted';
  }
  if (shape !== undefined) {
    const [lost] = compareShapes(shape as Json, (answers.at(-1)?.bodyShape ?? null) as Json).filter(
      ({ what }) => what !== 'appeared',
    );
    if (lost) {
      const { from, to } = describeDifference(lost);
      return `the body has another shape than the one that was accepted: ${from} → ${to}`;
    }
  }
  const median = found.latencyMs?.p50;
  if (latency !== undefined && median !== undefined && isBeyond(latency, median))
    return `it takes ${Math.round(median)} ms, and took ${latency} when it was accepted`;
  return undefined;
}

/** That a finding of an operation which deviates was accepted until a day that is over. */
function overIn({
  outcome,
  findings,
}: Capability): Pick<NonNullable<Capability['expected']>, 'code' | 'because'> {
  const over = outcome === 'deviates' ? findings.find(({ lapsed }) => lapsed) : undefined;
  return over ? { code: 'acceptance-over', because: `${over.check}: ${standingOf(over)}` } : {};
}
