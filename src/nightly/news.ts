import { createHash } from 'node:crypto';
import type { Change } from '../drift/change.js';
import type { GateVerdict } from '../gate/gate.js';
import type { Needs } from '../impact/needs.js';
import { usefulness } from '../record/proof.js';
import type { Run } from '../record/run.js';
import type { Comparison } from './compare.js';
import type { News, NewsCode, StepError } from './record.js';

/** The same for the same parts. */
export function keyOf(...parts: readonly (string | number | null)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}

/** What has to be judged to know whether changes of a target are still there. */
export function scopeOfTarget(target: string): string {
  return `target ${target}`;
}

/** What has to be taken to know whether a step still fails. */
export function scopeOfStep(step: string): string {
  return `step ${step}`;
}

/** What has to be tried to know whether a target can be judged. */
export function scopeOfAsking(target: string): string {
  return `asking ${target}`;
}

/** What has to be judged to know whether a gate is still shut. */
export function scopeOfGate(consumer: string): string {
  return `gate ${consumer}`;
}

/**
 * What is new about a target. Each has a key of facts that do not vary while it stays as it is: a latency that is worse
 * keeps its key whatever it is in milliseconds.
 *
 * A change that the run itself does not show, because it has just gone, goes on for as long as drift counts it; but it does not
 * begin then.
 * @param counts whether it makes a night red
 * @param known the keys of the last night that judged the target
 */
export function newsOfTarget(
  run: Run,
  { expected, nights, lost }: Comparison,
  { needs, counts, known }: { needs: Needs; counts: boolean; known: ReadonlySet<string> },
): News[] {
  const { target } = run;
  const common = { scope: scopeOfTarget(target), target, counts };
  const hit = (operation: string) => ({
    operation,
    features: (needs.get(operation) ?? []).map(({ feature, loss }) => ({
      ...{ consumer: feature.consumer, feature: feature.name, loss },
    })),
  });
  const ofChange = (change: Change): News => {
    const { operation, kind, from, to, since } = change;
    return {
      key: keyOf(...partsOf(change, run)),
      code: kind,
      ...common,
      ...hit(operation),
      ...{ from, to },
      ...(since === undefined || since === run.startedAt ? {} : { seenSince: since }),
    };
  };
  const all = [
    ...expected.changes.map(ofChange),
    ...(nights?.changes ?? []).flatMap((change) => {
      const news = ofChange(change);
      return change.inNewest === false && !known.has(news.key) ? [] : [news];
    }),
    ...lost.map(({ operation, from, to, since }): News => ({
      key: keyOf('proof', target, operation, to),
      code: 'proof-lost',
      ...common,
      ...hit(operation),
      ...{ from, to },
      ...(since === run.startedAt ? {} : { seenSince: since }),
    })),
  ];
  return [...new Map(all.map((news) => [news.key, news])).values()];
}

/** What makes a change the one it is. */
function partsOf({ target, operation, kind, to }: Change, run: Run): (string | number | null)[] {
  switch (kind) {
    case 'slower':
    case 'faster':
      return [kind, target, operation];
    case 'worse':
    case 'better':
    case 'different': {
      const now = run.operations.find(({ id }) => id === operation);
      if (now === undefined) return ['verdict', target, operation, to];
      const own = now.exchanges.filter(({ role }) => role === 'operation').at(-1);
      // What an answer that works holds is data; of a refusal the fingerprint tells which one it is.
      const answer = usefulness(now) === 0 ? (own?.fingerprint ?? null) : null;
      return ['verdict', target, operation, now.outcome, now.cause ?? null, own?.status ?? null, answer];
    }
    case 'contract': {
      const definition = run.operations.find(({ id }) => id === operation)?.definition ?? null;
      return ['contract', target, operation, to, definition];
    }
    default:
      return [kind, target, operation, to];
  }
}

/** That nothing could be judged of a target, or that its configuration is wrong. */
export function newsOfFailure(
  target: string,
  code: Extract<NewsCode, 'no-verdict' | 'configuration'>,
  error: StepError,
  counts: boolean,
): News {
  return {
    // Why nothing can be judged may be said in other words each night.
    key: code === 'no-verdict' ? keyOf(code, target) : keyOf(code, target, error.message),
    code,
    scope: scopeOfAsking(target),
    counts,
    target,
    ...saidBy(error),
  };
}

/** That the night as a whole could not be configured. */
export function newsOfConfiguration(error: StepError): News {
  return {
    key: keyOf('configuration', error.file ?? '', error.line ?? 0, error.message),
    code: 'configuration',
    scope: 'configuration',
    counts: true,
    ...saidBy(error),
  };
}

/** That a step failed. */
export function newsOfStep(step: string, error: StepError): News {
  return {
    key: keyOf('step-failed', step),
    code: 'step-failed',
    scope: scopeOfStep(step),
    counts: true,
    from: step,
    ...saidBy(error),
  };
}

/** That an earlier night did not end. It is said once, and never over. */
export function newsOfDeath(startedAt: string): News {
  return {
    key: keyOf('night-died', startedAt),
    code: 'night-died',
    scope: 'night',
    counts: false,
    from: startedAt,
  };
}

/** That a gate is shut. */
export function newsOfGate({ consumer, features, why }: GateVerdict): News {
  const shut = features.filter(({ open }) => !open).map(({ name }) => name);
  return {
    key: keyOf('gate-shut', consumer, ...shut),
    code: 'gate-shut',
    scope: scopeOfGate(consumer),
    counts: true,
    from: consumer,
    to: why,
    features: shut.map((feature) => ({ consumer, feature, loss: 'stops' })),
  };
}

function saidBy(error: StepError): Pick<News, 'to' | 'remedy'> {
  return { to: textOfError(error), ...(error.remedy === undefined ? {} : { remedy: error.remedy }) };
}

/** An error with its place. */
export function textOfError({ message, file, line }: StepError): string {
  if (file === undefined) return message;
  return `${file}${line === undefined ? '' : `:${line}`}: ${message}`;
}

/**
 * Why a run proved nothing: what is said of most of its operations.
 */
export function reasonOf({ operations }: Run): StepError {
  const reasons = new Map<string, { count: number; error: StepError }>();
  for (const { explanation, fix } of operations) {
    const key = `${explanation}\n${fix ?? ''}`;
    const known = reasons.get(key) ?? {
      count: 0,
      error: { message: explanation, ...(fix === undefined ? {} : { remedy: fix }) },
    };
    reasons.set(key, { ...known, count: known.count + 1 });
  }
  const [main] = [...reasons.values()].sort((one, other) => other.count - one.count);
  return main?.error ?? { message: 'nothing was asked' };
}
