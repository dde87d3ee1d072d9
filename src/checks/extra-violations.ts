import type { Operation } from '../contract/operation.js';
import type { Validator } from '../contract/schema/validator.js';
import type { Given } from '../drive/drive.js';
import { segmentsOf } from '../probe/segments.js';
import { acceptOf } from '../probe/build.js';
import { isSuccess, type Answer } from '../targets/reply.js';
import type { Finding } from '../verdict/verdict.js';
import { findViolations } from './find-violations.js';
import { findingKey } from './finding-key.js';
import type { Subject } from './subject.js';

/** An answer to a request of a check that breaks the contract in ways in which the operation's own answer does not. */
export interface Extra {
  /** The operation that was asked. */
  subject: Subject;
  given: Given;
  findings: Finding[];
}

/** So many requests of one operation are asked again at most, for what else is found. */
export const MOST_EXTRAS = 4;

/**
 * Holds the answers that checks hear to the description of the operation that they come from: the empty list, each error,
 * each other page. What one operation breaks in the same way in several answers is found once.
 */
export function createExtras(subjects: readonly Subject[]) {
  const byId = new Map(subjects.map((subject) => [subject.operation.id, subject]));
  const known = new Map<Subject, Set<string>>();
  const judged = new WeakSet<Answer>();
  const found: Extra[] = [];
  /** The ways in which an operation is known to break the contract: at first those of its own answer. */
  const knownOf = (subject: Subject): Set<string> => {
    const keys = known.get(subject) ?? new Set(violationsIn(subject, subject.own.reply).map(findingKey));
    known.set(subject, keys);
    return keys;
  };
  return {
    hear: (asking: Subject, seen: readonly Given[]): void => {
      for (const given of seen) {
        const { reply, ask } = given;
        const subject = byId.get(ask.probe.operation);
        if (reply.kind !== 'answer' || judged.has(reply) || !subject || !isOrdinary(given, asking, subject))
          continue;
        judged.add(reply);
        const findings = violationsIn(subject, reply).filter((one) => !knownOf(subject).has(findingKey(one)));
        const isRoom = found.filter((one) => one.subject === subject).length < MOST_EXTRAS;
        if (findings.length === 0 || !isRoom) continue;
        found.push({ subject, given, findings });
        for (const one of findings) knownOf(subject).add(findingKey(one));
      }
    },
    found: (): readonly Extra[] => found,
  };
}

/** What an answer to a read of a run breaks for certain. */
export function violationsIn({ operation, host }: Subject, reply: Answer): Finding[] {
  return certainViolations(operation, reply, host.contract.validators.answer);
}

/**
 * What an answer of an operation breaks for certain, each way once; nothing where the answer need not be the operation's.
 */
export function certainViolations(operation: Operation, reply: Answer, validator: Validator): Finding[] {
  if (reply.incomplete !== undefined || !speaksForOperation(operation, reply.status)) return [];
  const errors = findViolations(operation, reply, validator).filter(({ severity }) => severity === 'error');
  return [...new Map(errors.toReversed().map((one) => [findingKey(one), one])).values()].reverse();
}

/**
 * Whether what is described of the operation holds for the answer to a request: it is asked by its own method, with the
 * credentials, headers and body with which it was asked before. Whoever asks otherwise may be answered otherwise.
 */
function isOrdinary({ ask }: Given, asking: Subject, subject: Subject): boolean {
  const { request } = ask.probe;
  const { operation, probe } = asking;
  if (ask.token !== asking.token || ask.authorization !== undefined || ask.of !== undefined) return false;
  if (ask.smallScheme) return false;
  if (request.method !== subject.operation.method || request.body !== probe.request.body) return false;
  if (!isSame(request.headers, probe.request.headers)) return false;
  const longer = segmentsOf(subject.operation.path).length - segmentsOf(operation.path).length;
  const isBelow = lengthOf(request.url) - lengthOf(probe.request.url) === longer;
  // It was asked for in the types of the other operation.
  return isBelow && (subject === asking || acceptOf(subject.operation) === acceptOf(operation));
}

function isSame(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}

function lengthOf(url: string): number {
  return segmentsOf(new URL(url).pathname).length;
}

/** What hosts and what is before them say to whoever asks, whatever is asked. */
const HOST_WIDE: ReadonlySet<number> = new Set([401, 403, 407, 408, 429]);

/**
 * Whether an answer with this status is to be what the contract describes. A success always is. What can come from another
 * than the operation is only where the contract has its very status; and where no success is documented, `default` is what
 * the contract says of one.
 */
function speaksForOperation({ responses }: Operation, status: number): boolean {
  if (isSuccess(status) || responses[status] !== undefined) return true;
  if (status < 400 || status >= 500 || HOST_WIDE.has(status)) return false;
  if (responses['4XX'] !== undefined) return true;
  return responses['default'] !== undefined && Object.keys(responses).some((one) => one.startsWith('2'));
}
