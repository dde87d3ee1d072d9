import { isMap, isScalar, parseDocument, YAMLMap, type Document, type Pair } from 'yaml';
import { presentKey } from '../checks/former-names.js';
import { findingKey, isListed } from '../checks/finding-key.js';
import { withoutLengths } from '../exchange/shape.js';
import type { Json } from '../json.js';
import { changeSince, type ExpectedEntry, type ExpectedFile } from '../record/expected.js';
import { latencyClassOf } from '../record/latency-class.js';
import type { Capability, Run } from '../record/run.js';

/** Why a defect is accepted for now, by whom, on which day and until when (YYYY-MM-DD), and who answers for it. */
export interface Acceptance {
  reason: string;
  owner: string;
  until: string;
  ticket?: string;
  by: string;
  on: string;
}

/** One line of the change log. */
export interface AcceptedChange {
  operation: string;
  /** Undefined where nothing was said of it before. */
  from: string | undefined;
  /** Undefined where nothing is said of it any more. */
  to: string | undefined;
}

export interface Accepted {
  /** The new text of the file. */
  text: string;
  changes: AcceptedChange[];
  /** Acceptances that have expired. They are left as they are: a date is not extended in passing. */
  runOut: string[];
}

const HEADER = (
  target: string,
) => ` What each operation is expected to do on “${target.replace(/\s+/g, ' ')}”, written by \`conform accept\` for review as a diff.
 Comments are kept. An entry with \`accepted\` is a known defect: it dies with its date, and when the answer changes.`;

/**
 * Makes what a run shows the new expectation. What the run did not ask stays as it was. Comments are kept, and
 * operations are in the order of their paths, so that a diff shows what changed and nothing else.
 *
 * @param before the file and its content as it is now
 * @param only whether an operation is meant
 * @param acceptance for the operations that do not work: makes them known defects, with the fingerprint of the
 *   answer that is accepted
 */
export function accept(
  run: Run,
  before: { text: string; data: ExpectedFile } | undefined,
  only: (capability: Capability) => boolean,
  acceptance?: Acceptance,
): Accepted {
  const document = before ? parseDocument(before.text) : newDocument(run.target);
  const operations = mapOf(document, 'operations');
  const known = before?.data.operations ?? {};
  const otherPolicy = before?.data.writes !== undefined && before.data.writes !== run.policy.writes;
  document.set('writes', run.policy.writes);
  const changes: AcceptedChange[] = [];
  const runOut: string[] = [];
  const today = run.startedAt.slice(0, 10);

  for (const capability of run.operations.filter(only)) {
    const { id, outcome, safe } = capability;
    const old = Object.hasOwn(known, id) ? known[id] : undefined;
    if (outcome === 'skipped') {
      // What was expected of a write asked in one manner says nothing about the manner of this run.
      if (old && otherPolicy && !safe) {
        operations.delete(id);
        changes.push({ operation: id, from: describe(old), to: undefined });
      }
      continue;
    }
    const entry = entryFor(capability, old, acceptance);
    if (old?.accepted && entry.accepted === old.accepted && old.accepted.until < today) runOut.push(id);
    if (old && JSON.stringify(inOrder(old)) === JSON.stringify(inOrder(entry))) continue;
    put(document, operations, id, entry);
    changes.push({ operation: id, from: old && describe(old), to: describe(entry) });
  }
  if (run.operations.length === run.contract.operations && run.operations.every(only)) {
    const present = new Set(run.operations.map(({ id }) => id));
    for (const [id, old] of Object.entries(known)) {
      if (present.has(id)) continue;
      operations.delete(id);
      changes.push({ operation: id, from: describe(old), to: undefined });
    }
  }
  operations.items.sort((one, other) => byPath(nameOf(one), nameOf(other)));
  return { text: document.toString({ lineWidth: 110 }), changes, runOut };
}

function entryFor(
  capability: Capability,
  old: ExpectedEntry | undefined,
  acceptance: Acceptance | undefined,
): ExpectedEntry {
  const { outcome, cause } = capability;
  // What is accepted elsewhere dies there.
  const findings = capability.findings.filter(({ accepted }) => accepted === undefined);
  const keys = [...new Set(findings.map(findingKey))].sort();
  const own = capability.exchanges.filter(({ role }) => role === 'operation').at(-1);
  const status = outcome === 'works' ? null : (own?.status ?? null);
  const entry: ExpectedEntry = {
    outcome,
    ...(outcome === 'works' || cause === undefined ? {} : { cause }),
    ...(status === null ? {} : { status }),
    ...(keys.length > 0 ? { findings: keys } : {}),
  };
  if (outcome === 'works') return entry;
  if (acceptance) return { ...entry, accepted: { ...inWriting(acceptance), ...answerOf(capability, own) } };
  const same =
    old?.outcome === outcome && old.cause === entry.cause && [status, undefined].includes(old.status);
  const isListedYet = findings.every((one) => !old?.findings || isListed(one, old.findings));
  if (!same || !old.accepted || (outcome === 'deviates' && !isListedYet)) return entry;
  return changeSince(old.accepted, capability) === undefined ? { ...entry, accepted: old.accepted } : entry;
}

/** In the order in which a person reads it. */
function inWriting({ reason, owner, ticket, until, by, on }: Acceptance): Acceptance {
  return { reason, owner, ...(ticket === undefined ? {} : { ticket }), by, on, until };
}

/** What is accepted: another answer is another defect. Of a success the data varies, of a refusal nothing does. */
function answerOf(
  { outcome, latencyMs }: Capability,
  own: Capability['exchanges'][number] | undefined,
): Pick<NonNullable<ExpectedEntry['accepted']>, 'fingerprint' | 'shape' | 'latency'> {
  const latency = latencyMs === null ? {} : { latency: latencyClassOf(latencyMs.p50) };
  if (!own) return latency;
  if (outcome === 'deviates') return { ...latency, shape: withoutLengths(own.bodyShape as Json) };
  return { ...latency, fingerprint: own.fingerprint };
}

function describe({ outcome, cause, status, findings = [], accepted }: ExpectedEntry): string {
  const parts = [
    cause === undefined ? outcome : `${outcome} (${cause})`,
    ...(status === undefined ? [] : [`status ${status}`]),
    ...(findings.length > 0 ? [`${findings.length} known finding${findings.length > 1 ? 's' : ''}`] : []),
    ...(accepted ? [`accepted until ${accepted.until}${byOf(accepted)}: ${accepted.reason}`] : []),
  ];
  return parts.join(', ');
}

function byOf({ by }: NonNullable<ExpectedEntry['accepted']>): string {
  return by === undefined ? '' : ` by ${by}`;
}

/** With the members in one order and the present names of checks, whatever is in the file. */
function inOrder({ outcome, cause, status, findings, accepted }: ExpectedEntry): unknown[] {
  const { reason, owner, ticket, until, by, on, fingerprint, shape, latency } = accepted ?? {};
  const known = [reason, owner, ticket, until, by, on, fingerprint, shape, latency];
  return [outcome, cause, status, (findings ?? []).map(presentKey).sort(), ...known];
}

function newDocument(target: string): Document {
  const document = parseDocument('writes: none\noperations: {}\n');
  document.commentBefore = HEADER(target);
  return document;
}

function mapOf(document: Document, name: string): YAMLMap {
  const node = document.get(name);
  if (isMap(node)) {
    node.flow = false;
    return node;
  }
  const made = new YAMLMap();
  document.set(name, made);
  return made;
}

/** An entry without more than outcome and cause is on one line: a diff of it is one line too. */
function put(document: Document, operations: YAMLMap, id: string, entry: ExpectedEntry): void {
  const node = document.createNode(entry, {
    flow: entry.findings === undefined && entry.accepted === undefined,
  });
  const old = operations.get(id, true);
  if (isMap(old) || isScalar(old)) {
    if (old.comment) node.comment = old.comment;
    if (old.commentBefore) node.commentBefore = old.commentBefore;
  }
  operations.set(id, node);
}

function nameOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : String(key);
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

function byPath(one: string, other: string): number {
  const [method = '', path = ''] = one.split(' ');
  const [otherMethod = '', otherPath = ''] = other.split(' ');
  if (path !== otherPath) return path < otherPath ? -1 : 1;
  return METHODS.indexOf(method) - METHODS.indexOf(otherMethod);
}
