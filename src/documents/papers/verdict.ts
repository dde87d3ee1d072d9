import type { Run } from '../../record/run.js';
import { stateOf } from '../../record/proof.js';
import { credentialsOf } from './credentials.js';
import { ownExchange } from './exchange-view.js';
import { rightPathOf, type Refusal } from './refusals.js';
import type { PaperSources } from './sources.js';

/** `Blocked`: nothing that was asked works. `Not known`: nothing was asked. */
export type Status = 'Clear' | 'Partly blocked' | 'Blocked' | 'Not known';

export interface Verdict {
  status: Status;
  /** What a reader keeps who reads nothing else: one sentence. */
  sentence: string;
  /** Why, in figures and names. */
  because: string;
}

/** What a run comes to. */
export function verdictOf(run: Run, refusals: readonly Refusal[]): Verdict {
  const asked = run.operations.filter(({ outcome }) => outcome !== 'skipped');
  const { state, why } = credentialsOf(run);
  if (asked.length === 0 && state !== 'refused') {
    const explained = run.operations[0]?.explanation ?? 'There was nothing to ask.';
    return {
      status: 'Not known',
      sentence: 'Nothing was asked, so nothing is known.',
      because: `${explained.replace(/\.+$/, '')}.`,
    };
  }
  const failing = refusals.flatMap(({ operations }) => operations);
  const works = asked.filter((operation) => stateOf(operation) === 'works');
  const routed = routedText(asked.filter((operation) => stateOf(operation) === 'expected refusal').length);
  const figures = `${works.length} of ${asked.length} operations that were asked work.${routed}`;
  if (state === 'refused') {
    return { status: 'Blocked', sentence: 'The credentials are refused.', because: `${why}. ${figures}` };
  }
  if (failing.length === 0) {
    return { status: 'Clear', sentence: 'Nothing that was asked fails.', because: figures };
  }
  const good = state === 'good' ? `The credentials are good: ${why}.` : 'The credentials are not proven.';
  const all = (outcome: string) => failing.every((operation) => operation.outcome === outcome);
  if (works.length === 0) {
    const sentence =
      all('unrouted') && state === 'good'
        ? `The ${failing.length === 1 ? 'path is' : 'paths are'} wrong, the credentials are good.`
        : all('gone')
          ? 'The host answers as retired, whatever it is asked.'
          : all('unreachable')
            ? 'The host does not answer.'
            : 'Nothing that was asked works.';
    return { status: 'Blocked', sentence, because: `${groupsText(refusals)} ${good}` };
  }
  const sentence = `${works.length} of ${asked.length} operations that were asked work, ${failing.length} ${failing.length === 1 ? 'does' : 'do'} not.`;
  return { status: 'Partly blocked', sentence, because: `${groupsText(refusals)}${routed} ${good}` };
}

/** Those that were asked with a bad token or a forbidden body, and refused it. */
function routedText(count: number): string {
  return count > 0
    ? ` ${count} more gave an expected refusal: they were not done for real, and are not proven to work.`
    : '';
}

const HEADS: Record<string, string> = {
  unrouted: 'The host knows no such path',
  broken: 'The vendor’s application fails',
  denied: 'Refused',
  deviates: 'Works, but not as documented',
  rejects: 'Our input is refused',
  absent: 'Not there',
  gone: 'Retired',
  throttled: 'Asked too often',
  unreachable: 'No answer',
};

function groupsText(refusals: readonly Refusal[]): string {
  return refusals
    .map(({ operations }) => {
      const [first] = operations;
      const status = first && ownExchange(first)?.status;
      const head = HEADS[first?.outcome ?? ''] ?? 'Fails';
      const names = operations.map(({ id }) => id);
      const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
      return `${head}${typeof status === 'number' ? ` (${status})` : ''}: ${shown.join(', ')}.`;
    })
    .join(' ');
}

/** Something that somebody has to do. */
export interface Step {
  what: string;
  owner: string;
  why: string;
}

/** What there is to do, in the order in which it helps most; the first is the next step. */
export function stepsOf(
  runs: readonly { run: Run; refusals: readonly Refusal[] }[],
  sources: PaperSources,
): Step[] {
  const { contract } = sources.report;
  const silent = runs
    .filter(({ run }) => credentialsOf(run).state !== 'refused')
    .filter(({ run }) => run.operations.every(({ outcome }) => outcome === 'skipped'))
    .map(({ run }) => ({
      what: `Find out why nothing could be asked on ${run.target}, and ask again.`,
      owner: 'our developers',
      why: credentialsOf(run).why,
    }));
  const refused = runs
    .filter(({ run }) => credentialsOf(run).state === 'refused')
    .map(({ run }) => ({
      what: `Have the credentials for ${run.target} checked, and set them again.`,
      owner: 'whoever holds our account with the vendor',
      why: credentialsOf(run).why,
    }));
  const ours = runs.flatMap(({ refusals }) => refusals).filter(({ owner }) => owner.who === 'us');
  const pairs = ours.flatMap(({ operations }) =>
    operations.map((operation) => ({ id: operation.id, right: rightPathOf(operation, contract) })),
  );
  const respelt = pairs.filter(({ right }) => right !== '');
  const spelling =
    respelt.length === 0
      ? []
      : [
          {
            what: `Correct ${respelt.length === 1 ? 'the path' : `the ${respelt.length} paths`} in our own code: ${respelt.map(({ id, right }) => `${id} becomes ${right}`).join('; ')}.`,
            owner: 'our developers',
            why: 'the right spelling was answered in the same run, with the same token',
          },
        ];
  const vendor = sources.questions.map(({ subject }) => ({
    what: `Send the ticket “${subject}”${sources.contact.to === '' ? '' : ` to ${sources.contact.to}`}.`,
    owner: 'whoever writes to the vendor',
    why: 'only the vendor can fix it',
  }));
  const rest = ours
    .map((refusal) => ({
      ...refusal,
      operations: refusal.operations.filter((operation) => rightPathOf(operation, contract) === ''),
    }))
    .filter(({ operations }) => operations.length > 0)
    .map(({ operations, owner: { why } }) => ({
      what: `${operations.map(({ id }) => id).join(', ')}: ${lowered(operations[0]?.fix ?? 'find out why it is refused.')}${meanwhile(operations, sources)}`,
      owner: 'our developers',
      why,
    }));
  const unproven = runs
    .filter(({ run }) => run.unproven.length > 0 && run.unproven.length < run.operations.length)
    .map(({ run }) => ({
      what: `Prove the ${run.unproven.length} operations that the run on ${run.target} did not do for real.`,
      owner: 'our developers',
      why: 'what is not proven may fail on the day that it is needed',
    }));
  const again = runs.map(({ run }) => ({
    what: `Ask again: conform check --target ${run.target}, then conform drift.`,
    owner: 'our developers',
    why: 'a paper is out of date as soon as something was changed',
  }));
  return [...silent, ...refused, ...spelling, ...vendor, ...rest, ...unproven, ...again];
}

/** The workaround that consumers have, as the gate knows it. */
function meanwhile(operations: readonly { id: string }[], { gates }: PaperSources): string {
  const lacks = gates.flatMap(({ features }) => features.flatMap((feature) => feature.lacks));
  const [workaround] = operations.flatMap(({ id }) =>
    lacks.flatMap((lack) => (lack.operation === id && lack.workaround ? lack.workaround : [])),
  );
  return workaround === undefined ? '' : ` Until then: ${workaround}.`;
}

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
