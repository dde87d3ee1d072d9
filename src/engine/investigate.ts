import pLimit from 'p-limit';
import type { Exchange } from '../exchange/exchange.js';
import { baseUrl } from '../controls/base-url.js';
import { calibration } from '../controls/calibration.js';
import type { Control } from '../controls/control.js';
import { compare } from '../controls/compare.js';
import { hostRoot } from '../controls/host-root.js';
import { guardOrder } from '../controls/guard-order.js';
import { knownBadValue } from '../controls/known-bad-value.js';
import { knownGood, knownGoodWithBadToken } from '../controls/known-good.js';
import { otherHost } from '../controls/other-host.js';
import { otherMethod } from '../controls/other-method.js';
import { otherSpelling } from '../controls/other-spelling.js';
import type { AskedOperation, HostSubject, OperationSubject } from '../controls/subject.js';
import { unknownPath, unknownRoot, type UnknownPath } from '../controls/unknown-path.js';
import { withoutToken } from '../controls/without-token.js';
import { createDriver, type DriveResult, type Driver } from '../drive/drive.js';
import { isSuccess } from '../targets/reply.js';
import type { Alike, Controls } from '../verdict/question.js';
import type { Conversation } from '../drive/conversation.js';
import type { AskedStep, Observation } from './observation.js';

/** An observation with the control exchanges that help to judge it. */
export interface Investigated {
  controls: Controls;
  /** Every control and variant that was asked for it or shared with it. */
  exchanges: Exchange[];
}

/** What it needs to ask further. */
export interface Investigation extends Omit<HostSubject, 'asked'> {
  conversation: Conversation;
  signal: AbortSignal;
  /** How many requests may be on their way at once. */
  concurrency: number;
  /** Whether a token of the target's own host has been had. */
  tokenEndpointWorks: boolean;
}

/**
 * Asks the control probes: those of the host once, then those of every operation that was refused, side by side. What
 * several want is sent once.
 */
export async function investigate(
  observations: readonly Observation[],
  investigation: Investigation,
): Promise<Map<string, Investigated>> {
  const observed = observations.filter((observation): observation is AskedStep => observation.asked);
  const asked = observed.map(askedOperation);
  const host: HostSubject = { ...investigation, asked };
  const driver = createDriver(investigation.conversation, investigation.signal);
  const common = await ofHost(host, driver);
  const limit = pLimit(investigation.concurrency);
  const results = new Map<string, Investigated>();
  await Promise.all(
    asked.map((one) =>
      limit(async () => {
        const isQuestion = isRefused(one) || (common.catchesAll && isSuccess(one.answer.exchange.status));
        const found =
          isQuestion && !one.isToken
            ? await ofOperation({ ...one, host }, common, driver)
            : { controls: {}, exchanges: [] };
        results.set(one.operation.id, found);
      }),
    ),
  );
  if (!common.controls.knownGood) await proveBySpelling(host, results, driver);
  await suspectHost(host, results, driver, investigation);
  return results;
}

function askedOperation({
  step,
  probe,
  token,
  isToken,
  exchange,
  digest,
  redirect,
}: AskedStep): AskedOperation {
  return { operation: step.operation, probe, token, isToken, answer: { exchange, digest, redirect } };
}

function isRefused({ answer: { exchange } }: AskedOperation): boolean {
  return exchange.status !== null && exchange.status >= 300;
}

/** What of the host bears on several operations, and whether it answers everything with a success. */
interface Common {
  controls: Pick<Controls, 'knownGood' | 'knownGoodWithBadToken' | 'knownBadValue' | 'guardOrder'>;
  exchanges: {
    knownGood: Exchange[];
    knownGoodWithBadToken: Exchange[];
    knownBadValue: Exchange[];
    guardOrder: Exchange[];
  };
  catchesAll: boolean;
}

async function ofHost(host: HostSubject, driver: Driver): Promise<Common> {
  const refused = host.asked.filter((one) => isRefused(one) && !one.isToken);
  const hasBadToken = host.asked.some(({ token }) => token === 'invalid');
  const hasWrite = host.asked.some(({ operation, isToken }) => !operation.safe && !isToken);
  const isNotFound = refused.some(({ answer }) => NOT_FOUND.has(answer.exchange.status ?? 0));
  const works = host.asked.some(({ answer }) => isSuccess(answer.exchange.status));
  const [root, good, goodWithBad, badValue, order] = await Promise.all([
    works ? driver.drive(unknownRoot, host) : undefined,
    refused.length > 0 ? driver.drive(knownGood, host) : undefined,
    hasWrite ? driver.drive(knownGoodWithBadToken, host) : undefined,
    isNotFound ? driver.drive(knownBadValue, host) : undefined,
    hasBadToken ? driver.drive(guardOrder, host) : undefined,
  ]);
  const catchesAll = resultOf(root)?.seen.exchange.status;
  const goodOne = resultOf(good);
  return {
    controls: {
      knownGood: goodOne,
      knownGoodWithBadToken: resultOf(goodWithBad),
      knownBadValue: resultOf(badValue),
      guardOrder: resultOf(order),
    },
    exchanges: {
      knownGood: goodOne ? [goodOne.works.exchange, goodOne.refused.exchange] : [],
      knownGoodWithBadToken: exchangesOf(goodWithBad),
      knownBadValue: exchangesOf(badValue).slice(0, 1),
      guardOrder: exchangesOf(order).slice(0, 1),
    },
    catchesAll: isSuccess(catchesAll ?? null),
  };
}

async function ofOperation(subject: OperationSubject, common: Common, driver: Driver): Promise<Investigated> {
  const exchanges: Exchange[] = [];
  const keep = <Result>(came: DriveResult<Result>): Result | undefined => {
    exchanges.push(...exchangesOf(came));
    return resultOf(came);
  };
  const { answer, token } = subject;
  const unknown = keep(await driver.drive(unknownPath, subject));
  const isLikeUnknown = unknown !== undefined && isLike(subject, unknown);
  const { status } = answer.exchange;
  const isNotFound = NOT_FOUND.has(status ?? 0);
  if (token === 'valid') exchanges.push(...common.exchanges.knownGood);
  if (token === 'invalid')
    exchanges.push(...common.exchanges.knownGoodWithBadToken, ...common.exchanges.guardOrder);
  if (isNotFound) exchanges.push(...common.exchanges.knownBadValue);
  const when = async <Subject, Result>(
    isNeeded: boolean,
    control: Control<Subject, Result>,
    of: Subject,
  ): Promise<Result | undefined> => (isNeeded ? keep(await driver.drive(control, of)) : undefined);
  const controls: Controls = {
    ...common.controls,
    unknownPath: unknown,
    withoutToken: await when(!isSuccess(status), withoutToken, subject),
    calibration: await when(unknown?.seen.exchange.echo !== undefined, calibration, subject.host),
    otherMethod: await when(isLikeUnknown || status === 404, otherMethod, subject),
    otherHost: await when(isLikeUnknown, otherHost, subject),
    otherSpelling: await when(isLikeUnknown, otherSpelling, subject),
  };
  return { controls, exchanges };
}

const NOT_FOUND: ReadonlySet<number> = new Set([404, 410]);

function isLike({ answer }: AskedOperation, unknown: UnknownPath): boolean {
  return [unknown, unknown.refused].some((one) => one !== undefined && compare(answer, one) === 'same');
}

/** A spelling that works, and refuses without credentials, shows that these are good, also where nothing of the contract works. */
async function proveBySpelling(
  host: HostSubject,
  results: ReadonlyMap<string, Investigated>,
  driver: Driver,
): Promise<void> {
  const spelled = host.asked.flatMap((one): AskedOperation[] => {
    const found = results.get(one.operation.id)?.controls.otherSpelling;
    if (!found || !isSuccess(found.seen.exchange.status)) return [];
    const { method, path, probe, seen } = found;
    const operation = { ...one.operation, id: `${method} ${path}`, safe: true };
    return [{ operation, probe, token: 'valid', answer: seen, isToken: false }];
  });
  // Credentials are placed as for the operation that was misspelled.
  const good = resultOf(
    await driver.drive(knownGood, { ...host, asked: spelled, takesCredentials: () => true }),
  );
  if (!good) return;
  for (const result of results.values()) {
    result.controls.knownGood = good;
    if (result.exchanges.length > 0) result.exchanges.push(good.works.exchange, good.refused.exchange);
  }
}

/** Where all that was asked gets the answer of an unknown path, it is the base URL or the host that is in question. */
async function suspectHost(
  host: HostSubject,
  results: ReadonlyMap<string, Investigated>,
  driver: Driver,
  { tokenEndpointWorks }: Investigation,
): Promise<void> {
  const answered = host.asked.filter(({ isToken, answer }) => !isToken && answer.exchange.status !== null);
  // What changes something cannot always be compared. That it works shows that something is there.
  const works = answered.some(
    ({ operation, answer }) => !operation.safe && isSuccess(answer.exchange.status),
  );
  const reads = answered.filter(({ operation }) => operation.safe);
  const areAlike = reads.every((one) => {
    const unknown = results.get(one.operation.id)?.controls.unknownPath;
    return unknown !== undefined && isLike(one, unknown);
  });
  if (reads.length === 0 || works || !areAlike) return;
  const [otherBase, root] = [await driver.drive(baseUrl, host), await driver.drive(hostRoot, host)];
  const alike: Alike = {
    of: reads.length,
    // What could not be asked shows nothing, and nothing is concluded from it.
    root: resultOf(root) ?? false,
    tokenEndpoint: tokenEndpointWorks,
    otherBase: resultOf(otherBase),
  };
  for (const { operation } of answered) {
    const result = results.get(operation.id);
    if (!result) continue;
    result.controls.alike = alike;
    result.exchanges.push(...exchangesOf(root).slice(0, 1));
    if (alike.otherBase) result.exchanges.push(alike.otherBase.seen.exchange);
  }
}

function resultOf<Result>(came: DriveResult<Result> | undefined): Result | undefined {
  return came?.kind === 'done' ? came.result : undefined;
}

function exchangesOf(came: DriveResult<unknown> | undefined): Exchange[] {
  return came === undefined || came.kind === 'not-applicable'
    ? []
    : came.seen.map(({ exchange }) => exchange);
}
