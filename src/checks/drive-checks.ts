import pLimit from 'p-limit';
import type { Clock } from '../clock.js';
import { createDriver, type Came, type Driven, type Driver, type Given } from '../drive/drive.js';
import type { Conversation } from '../drive/conversation.js';
import type { Heard } from '../drive/seen.js';
import { sentenceOf } from '../session/withheld.js';
import { addBroken } from './add-broken.js';
import type { Broken, Check, Promised, Result } from './check.js';
import { PAUSE_MS, type Checked, type CheckResult } from './checked.js';
import { findingKey } from './finding-key.js';
import { createBesides, violationsIn, type Besides } from './heard-besides.js';
import { subjectOf, type Subject } from './subject.js';
import { widen } from './widen.js';

/** What asks. */
export interface Asking {
  conversation: Conversation;
  clock: Pick<Clock, 'sleep'>;
  signal: AbortSignal;
  /** How many requests may be on their way at once. */
  concurrency: number;
}

/**
 * Checks reads, lists by a page that holds several things: one check after another, so that the cheap ones come before the bound of the run is reached. What they hear
 * is held to what the contract describes, whatever they asked it for. A promise is only said to be broken when it was seen
 * broken twice in the same way, the second time after a pause and with new answers.
 */
export async function driveChecks(
  asked: readonly Subject[],
  checks: readonly Check[],
  { conversation, clock, signal, concurrency }: Asking,
): Promise<Map<string, Checked>> {
  const first = createDriver(conversation, signal, 'checks');
  const checked = new Map<string, Checked>();
  const suspects: { subject: Subject; check: Check; broken: readonly Broken[] }[] = [];
  const besides = createBesides(asked);
  const limit = pLimit(concurrency);
  const widened = checks.length > 0 ? await widen(asked, first, limit) : [];
  const subjects = widened.map(({ subject }) => subject);
  for (const { subject, seen } of widened) besides.hear(subject, seen);
  for (const { operation } of subjects)
    checked.set(operation.id, { results: [], findings: [], exchanges: [] });
  for (const check of checks) {
    /** What is the same for the whole host is asked until it has been kept or broken once. */
    let isSettled = false;
    const examine = async (subject: Subject): Promise<readonly Given[]> => {
      const own = checked.get(subject.operation.id);
      if (isSettled) {
        own?.results.push({ id: check.id, result: 'not-applicable', why: 'another operation has shown it' });
        return [];
      }
      const came = await first.drive(asDriven(check), subject);
      if (check.scope === 'host') isSettled = isFound(came);
      if (came.kind === 'done' && came.result.kind === 'failed') {
        suspects.push({ subject, check, broken: came.result.broken });
      } else own?.results.push(resultOf(check, came));
      return came.seen;
    };
    if (check.scope === 'host') {
      for (const subject of subjects) besides.hear(subject, await examine(subject));
      continue;
    }
    // What is heard first does not depend on which answer came first.
    const seen = await Promise.all(subjects.map((subject) => limit(() => examine(subject))));
    for (const [index, subject] of subjects.entries()) besides.hear(subject, seen[index] ?? []);
  }
  if (suspects.length + besides.found().length > 0) await clock.sleep(PAUSE_MS);
  const second = createDriver(conversation, signal, 'checks');
  const again = createRepeats(second);
  for (const { subject, check, broken } of suspects) {
    const own = checked.get(subject.operation.id);
    if (!own) continue;
    const repeated = await again(subject);
    if ('why' in repeated) {
      own.results.push({ id: check.id, result: 'inconclusive', why: repeated.why });
      continue;
    }
    const came = await second.drive(asDriven(check), repeated.subject);
    addTo(own, check, repeated.subject, broken, came);
  }
  for (const one of besides.found()) {
    const own = checked.get(one.subject.operation.id);
    if (own) addBesides(own, one, await askAgain(one, second));
  }
  return checked;
}

/** Asks once more what broke the contract besides. */
function askAgain({ subject, given }: Besides, driver: Driver): Promise<Came<Heard>> {
  const again: Driven<Subject, Heard> = {
    id: 'besides',
    asks: { atMost: 1, effect: 'none' },
    *run() {
      return yield given.ask;
    },
  };
  return driver.drive(again, subject);
}

/** Adds what an answer to a check broke in both sightings. */
function addBesides(own: Checked, { subject, given, findings }: Besides, came: Came<Heard>): void {
  const reply = came.kind === 'done' ? came.result.reply : undefined;
  const isSame =
    reply?.kind === 'answer' && given.reply.kind === 'answer' && reply.status === given.reply.status;
  const again = new Set(isSame ? violationsIn(subject, reply).map(findingKey) : []);
  const twice = findings.filter((one) => again.has(findingKey(one)));
  for (const id of new Set(findings.map(({ check }) => check))) {
    const isBroken = twice.some(({ check }) => check === id);
    const why = came.kind === 'done' ? 'it was seen broken once, and not again' : whyNot(came);
    own.results.push(isBroken ? { id, result: 'failed' } : { id, result: 'inconclusive', why });
  }
  if (twice.length === 0 || came.kind !== 'done') return;
  const { exchange } = came.result;
  const checks = [...new Set(twice.map(({ check }) => check))].join(', ');
  own.exchanges.push({ ...exchange, purpose: `${checks}: ${exchange.purpose ?? 'again'}` });
  for (const one of twice) own.findings.push({ ...one, exchange: own.exchanges.length - 1 });
}

function asDriven(check: Check): Driven<Subject, Result> {
  return {
    id: check.id,
    asks: { atMost: check.asks.atMost, effect: 'none' },
    run: (subject) => check.run(subject),
  };
}

/** Asks an operation once more, so that a check that needs no other answer than its own sees a new one. */
function createRepeats(driver: Driver) {
  const asked = new Map<string, Promise<{ subject: Subject } | { why: string }>>();
  const ask = async (subject: Subject) => {
    const repeat: Driven<Subject, Subject | undefined> = {
      id: 'again',
      asks: { atMost: 1, effect: 'none' },
      *run({ request, own, host }) {
        const heard = yield request.same('again');
        const { reply } = heard;
        if (reply.kind !== 'answer' || reply.status !== own.reply.status) return undefined;
        return subjectOf(subject, { ...heard, reply }, host);
      },
    };
    const came = await driver.drive(repeat, subject);
    if (came.kind !== 'done') return { why: whyNot(came) };
    return came.result ? { subject: came.result } : { why: 'it answered otherwise when it was asked again' };
  };
  return (subject: Subject) => {
    const known = asked.get(subject.operation.id) ?? ask(subject);
    asked.set(subject.operation.id, known);
    return known;
  };
}

function addTo(
  own: Checked,
  check: Check,
  subject: Subject,
  before: readonly Broken[],
  came: Came<Result>,
): void {
  if (came.kind !== 'done' || came.result.kind !== 'failed') {
    const seldom = {
      id: check.id,
      result: 'inconclusive' as const,
      why: 'it was seen broken once, and not again',
    };
    own.results.push(came.kind === 'done' && came.result.kind === 'passed' ? seldom : resultOf(check, came));
    return;
  }
  const codes = new Set(before.map(({ code }) => code));
  const twice = came.result.broken.filter(({ code }) => codes.has(code));
  if (twice.length === 0) {
    own.results.push({
      id: check.id,
      result: 'inconclusive',
      why: 'it was broken in another way when it was asked again',
    });
    return;
  }
  const exchanges = came.seen.length > 0 ? came.seen.map(({ exchange }) => exchange) : [subject.own.exchange];
  const here = twice.filter(({ at }) => at === undefined);
  if (here.length > 0) addBroken(own, check, here, exchanges);
  // What other requests of the run have shown is shown by those.
  for (const one of twice)
    if (one.at) {
      const { seen } = one.at;
      addBroken(
        own,
        check,
        [one],
        seen.map(({ exchange }) => exchange),
      );
    }
  own.results.push({ id: check.id, result: 'failed' });
}

/** Whether a promise was seen kept or broken. */
function isFound(came: Came<Result>): boolean {
  return came.kind === 'done' && came.result.kind !== 'inconclusive';
}

export function resultOf({ id }: Promised, came: Came<Result>): CheckResult {
  if (came.kind === 'done' && came.result.kind === 'passed') return { id, result: 'passed' };
  return {
    id,
    result: came.kind === 'not-applicable' ? 'not-applicable' : 'inconclusive',
    why: whyNot(came),
  };
}

function whyNot(came: Came<unknown>): string {
  switch (came.kind) {
    case 'not-applicable':
      return came.why;
    case 'not-done':
      return came.why.code === 'stopped' ? 'the run was stopped' : sentenceOf(came.why);
    case 'done':
      return isInconclusive(came.result) ? came.result.why : '';
  }
}

function isInconclusive(result: unknown): result is { kind: 'inconclusive'; why: string } {
  return typeof result === 'object' && result !== null && 'kind' in result && result.kind === 'inconclusive';
}
