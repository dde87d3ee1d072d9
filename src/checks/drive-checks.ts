import pLimit from 'p-limit';
import type { Clock } from '../clock.js';
import { createDriver, type DriveResult, type Driven, type Driver, type Given } from '../drive/drive.js';
import type { Conversation } from '../drive/conversation.js';
import type { SeenReply } from '../drive/seen.js';
import { sharing } from '../once.js';
import type { Refusal } from '../session/gate.js';
import { sentenceOf } from '../session/withheld.js';
import { addBroken } from './add-broken.js';
import type { Broken, Check, Promised, Result } from './check.js';
import { PAUSE_MS, type Checked, type CheckResult, type Unasked } from './checked.js';
import { findingKey } from './finding-key.js';
import { dueRounds, NO_TURNS, type TurnOf } from './due.js';
import { createExtras, violationsIn, type Extra } from './extra-violations.js';
import { subjectOf, type Subject } from './subject.js';
import { createWidening } from './widen.js';

/** What asks. */
export interface Asking {
  conversation: Conversation;
  clock: Pick<Clock, 'sleep'>;
  signal: AbortSignal;
  /** How many requests may be on their way at once. */
  concurrency: number;
}

/** What decides the order in which checks ask. */
export interface Order {
  turnOf: TurnOf;
  /** Whether few records may be fetched: then pages of lists are asked for when a check of lists has its turn. */
  isThrifty: boolean;
}

const ALL_AT_ONCE: Order = { turnOf: NO_TURNS, isThrifty: false };

/**
 * Checks reads, lists by a page that holds several things: in the order in which they are due, so that over some runs each
 * has its turn before the bound of a run is reached. What they hear is held to what the contract describes, whatever they
 * asked it for. A promise is only said to be broken when it was seen broken twice in the same way, the second time after a
 * pause and with new answers.
 */
export async function driveChecks(
  asked: readonly Subject[],
  checks: readonly Check[],
  { conversation, clock, signal, concurrency }: Asking,
  { turnOf, isThrifty }: Order = ALL_AT_ONCE,
): Promise<Map<string, Checked>> {
  const first = createDriver(conversation, signal, 'checks');
  const checked = new Map<string, Checked>();
  let suspects: { subject: Subject; check: Check; broken: readonly Broken[] }[] = [];
  const extras = createExtras(asked);
  const limit = pLimit(concurrency);
  const { narrow, widen } = createWidening(asked, first, isThrifty);
  const hearWide = (subject: Subject) => limit(() => widen(subject));
  const hear = ({ subject, seen }: Heards): void => {
    extras.hear(subject, seen);
  };
  if (!isThrifty && checks.length > 0) {
    await inOrder(narrow, hearWide, hear);
  }
  for (const { operation } of asked) checked.set(operation.id, { results: [], findings: [], exchanges: [] });
  const used = createUse();
  const second = createDriver(conversation, signal, 'checks');
  const again = createRepeats(second);
  const confirm = async (): Promise<void> => {
    for (const { subject, check, broken } of suspects) {
      const own = checked.get(subject.operation.id);
      if (!own) continue;
      const repeated = await again(subject);
      if ('why' in repeated) {
        own.results.push({ id: check.id, result: 'inconclusive', ...repeated });
        continue;
      }
      const came = await second.drive(asDriven(check), repeated.subject);
      addTo(own, check, repeated.subject, broken, came);
    }
    suspects = [];
  };
  // Each check has come to the same for most of the operations.
  const share = sharing<CheckResult>();
  /** What is the same for the whole host is asked until it has been kept or broken once. */
  const settled = new Set<Check>();
  const examine = async (check: Check, narrowed: Subject): Promise<Heards> => {
    const own = checked.get(narrowed.operation.id);
    if (settled.has(check)) {
      own?.results.push({ id: check.id, result: 'not-applicable', why: 'another operation has shown it' });
      return { subject: narrowed, seen: [] };
    }
    const unaskedAs = used.begin(narrowed);
    const page = !isThrifty || isOfLists(check) ? await widen(narrowed) : { subject: narrowed, seen: [] };
    const { subject } = page;
    const came = await first.drive(asDriven(check), subject);
    const seen = [...page.seen, ...came.seen];
    if (seen.length > 0) used.note(subject);
    if (check.scope === 'host' && isFound(came)) settled.add(check);
    if (came.kind === 'done' && came.result.kind === 'failed') {
      suspects.push({ subject, check, broken: came.result.broken });
    } else own?.results.push(share(resultOf(check, came, unaskedAs)));
    return { subject, seen };
  };
  for (const { check, subjects } of dueRounds(checks, narrow, turnOf, isThrifty)) {
    const open = [...subjects];
    // Who comes first may use the whole budget: that shows whether it is enough. Of few records it must not depend on times
    // who gets them.
    while (open.length > 0 && (check.scope === 'host' || isThrifty || used.isFresh())) {
      const [next] = open.splice(0, 1);
      if (!next) break;
      hear(await examine(check, next));
    }
    await inOrder(open, (subject) => limit(() => examine(check, subject)), hear);
    if (!isThrifty || suspects.length === 0) continue;
    // What looks broken is asked again while there is something left for that.
    await clock.sleep(PAUSE_MS);
    await confirm();
  }
  if (suspects.length + extras.found().length > 0) await clock.sleep(PAUSE_MS);
  await confirm();
  for (const one of extras.found()) {
    const own = checked.get(one.subject.operation.id);
    if (own) addExtra(own, one, await askAgain(one, second));
  }
  // A run file is the same, whatever was due first.
  const places = new Map<string, number>(checks.map(({ id }, index) => [id, index]));
  const placeOf = ({ id }: CheckResult) => places.get(id) ?? checks.length;
  for (const { results } of checked.values()) results.sort((one, other) => placeOf(one) - placeOf(other));
  return checked;
}

/** A subject as it was looked at, and what was heard for it. */
interface Heards {
  subject: Subject;
  seen: readonly Given[];
}

/**
 * Does a piece of work for each of several. What comes of it is taken in their order, so that nothing depends on which answer
 * came first, and as soon as it is there: of a round of thousands it would take more memory than all else.
 */
async function inOrder<T, U>(
  several: readonly T[],
  work: (one: T) => Promise<U>,
  take: (value: U) => void,
): Promise<void> {
  let before = Promise.resolve();
  for (const one of several) {
    before = Promise.all([before, work(one)]).then(([, value]) => {
      take(value);
    });
  }
  await before;
}

function isOfLists({ id }: Check): boolean {
  return id.startsWith('list/');
}

/** Keeps in mind whether a check had the whole budget, or only what others have left. */
function createUse() {
  const operations = new Set<string>();
  return {
    /** Whether nothing was asked yet. */
    isFresh: () => operations.size === 0,
    /** @returns how it is to be called when the budget is not enough, by what was asked before */
    begin: ({ operation: { id } }: Subject): UnaskedAs => {
      const [isFirst, isFirstOfIts] = [operations.size === 0, !operations.has(id)];
      return ({ code }) =>
        (code === 'checks-of-operation' ? isFirstOfIts : isFirst) ? 'too-much' : 'not-its-turn';
    },
    note: ({ operation: { id } }: Subject): void => {
      operations.add(id);
    },
  };
}

type UnaskedAs = (why: Refusal) => Unasked;

/** Asks once more what else broke the contract. */
function askAgain({ subject, given }: Extra, driver: Driver): Promise<DriveResult<SeenReply>> {
  const again: Driven<Subject, SeenReply> = {
    id: 'extra',
    asks: { atMost: 1, effect: 'none' },
    *run() {
      return yield given.ask;
    },
  };
  return driver.drive(again, subject);
}

/** Adds what an answer to a check broke in both sightings. */
function addExtra(own: Checked, { subject, given, findings }: Extra, came: DriveResult<SeenReply>): void {
  const reply = came.kind === 'done' ? came.result.reply : undefined;
  const isSame =
    reply?.kind === 'answer' && given.reply.kind === 'answer' && reply.status === given.reply.status;
  const before = new Set(findings.map(findingKey));
  // They have the places of the second sighting, which is the exchange that is kept.
  const twice = isSame ? violationsIn(subject, reply).filter((one) => before.has(findingKey(one))) : [];
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
  const asked = new Map<string, Promise<{ subject: Subject } | { why: string; code?: Unasked }>>();
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
    if (came.kind !== 'done') return unfound(came, notItsTurn);
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
  came: DriveResult<Result>,
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
function isFound(came: DriveResult<Result>): boolean {
  return came.kind === 'done' && came.result.kind !== 'inconclusive';
}

/** @param unaskedAs how it is called when the budget is not enough. Default: that it was not its turn */
export function resultOf(
  { id }: Promised,
  came: DriveResult<Result>,
  unaskedAs: UnaskedAs = notItsTurn,
): CheckResult {
  if (came.kind === 'done' && came.result.kind === 'passed') return { id, result: 'passed' };
  return {
    id,
    result: came.kind === 'not-applicable' ? 'not-applicable' : 'inconclusive',
    ...unfound(came, unaskedAs),
  };
}

function notItsTurn(): Unasked {
  return 'not-its-turn';
}

const OF_BUDGET: ReadonlySet<string> = new Set(['records', 'budget', 'checks-of-operation']);

/** Why something was not found out, and where that is the budget, whether it will have its turn. */
function unfound(came: DriveResult<unknown>, unaskedAs: UnaskedAs): { why: string; code?: Unasked } {
  const why = whyNot(came);
  if (came.kind !== 'not-done' || came.why.code === 'stopped' || !OF_BUDGET.has(came.why.code))
    return { why };
  return { why, code: unaskedAs(came.why) };
}

function whyNot(came: DriveResult<unknown>): string {
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
