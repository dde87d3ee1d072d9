import type { Exchange } from '../exchange/exchange.js';
import type { Capability } from './run.js';

/** The requests that show a finding, the last of them the one that broke the promise. */
export function exchangesOf(
  { exchanges }: Pick<Capability, 'exchanges'>,
  finding: Capability['findings'][number],
): Exchange[] {
  const shown = finding.exchanges ?? [finding.exchange];
  return shown.slice(-MOST_REQUESTS).flatMap((index) => exchanges[index] ?? []);
}

const MOST_REQUESTS = 3;

/** The exchange on which the verdict of an operation is: the last that asked the operation itself. */
export function ownExchange({ exchanges }: Capability): Exchange | undefined {
  return exchanges.findLast(({ role }) => role === 'operation');
}

/**
 * The requests that show what a ticket is about, the last of them the one that it shows whole: of an answer that breaks the
 * contract those that its first finding names, else the one that asked the operation.
 */
export function shownExchanges(operation: Capability): Exchange[] {
  const [finding] = operation.outcome === 'deviates' ? operation.findings : [];
  const shown = finding ? exchangesOf(operation, finding) : [];
  const own = ownExchange(operation);
  return shown.length > 0 ? shown : own ? [own] : [];
}

/** Headers in which servers name a request, the usual ones first. */
const REQUEST_ID =
  /^(x-amzn-requestid|x-request-id|request-id|apigw-requestid|x-correlation-id|x-amzn-trace-id|x-amz-cf-id|cf-ray|x-[\w-]*(request|correlation|trace|activity)-id)$/;

/** The id under which the server has logged a request; undefined when it gave none. */
export function requestIdOf({ responseHeaders }: Exchange): string | undefined {
  return Object.entries(responseHeaders).find(([name]) => REQUEST_ID.test(name))?.[1];
}

/** The answer in a few words: `403, “Missing Authentication Token”`; without its own words only `403`. */
export function answerOf({ status, message, failure }: Exchange, inItsWords = true): string {
  const head = status === null ? `no answer (${failure ?? 'unknown'})` : String(status);
  return message === undefined || !inItsWords ? head : `${head}, “${message}”`;
}
