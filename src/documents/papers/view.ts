import { credentialVariables } from '../../exchange/curl.js';
import { featuresOf } from '../../impact/features.js';
import { isProvenToWork, provokedBy, stateOf } from '../../record/proof.js';
import type { FeatureState } from '../../impact/state.js';
import { readableTime } from '../../clock.js';
import { viewOf } from '../view.js';
import { hostView } from './credentials.js';
import { exchangeView, ownExchange } from './exchange-view.js';
import { refusalsOf, refusalView } from './refusals.js';
import type { GateFacts, PaperSources } from './sources.js';
import { stepsOf, verdictOf, type Status } from './verdict.js';

/**
 * What the templates of papers may name. Every value is text, a number, a truth value, or a list of such; what
 * there may be none of is a list of one or none.
 */
export function paperView(sources: PaperSources) {
  const { report, targets, questions, contact, gates } = sources;
  const refused = report.runs.map((run) => ({ run, refusals: refusalsOf(run, sources) }));
  const verdicts = refused.map(({ run, refusals }) => ({
    target: run.target,
    world: run.world ?? '',
    at: readableTime(run.startedAt),
    run: run.id,
    ...verdictOf(run, refusals),
  }));
  const steps = stepsOf(refused, sources);
  const refusals = refused
    .flatMap((one) => one.refusals)
    .map((refusal, index) => refusalView(refusal, index + 1, sources));
  const hosts = report.runs.map((run) =>
    hostView(
      run,
      targets.find(({ name }) => name === run.target),
    ),
  );
  const base = viewOf(report);
  const worlds = report.runs.flatMap(({ world }) => world ?? []);
  return {
    ...base,
    status: worst(verdicts.map(({ status }) => status)),
    known: verdicts.some(({ status }) => status !== 'Not known'),
    verdicts,
    at: readableTime(
      report.runs
        .map(({ startedAt }) => startedAt)
        .sort()
        .at(-1) ?? '',
    ),
    /** The day that a replica showed: such a paper describes that day, and is an example. */
    specimen: [...new Set(worlds)].join(', '),
    next: steps.slice(0, 1),
    steps: steps.map((step, index) => ({ number: index + 1, ...step })),
    hosts,
    notAsked: targets
      .filter(({ name, serve }) => serve === undefined && !report.runs.some(({ target }) => target === name))
      .map(({ name, about, standing }) => ({ name, about, standing })),
    variables: variablesOf(sources),
    /** What the commands that are shown hold in the place of credentials. */
    credentialVariables: [
      ...new Set(
        report.runs
          .flatMap(({ operations }) => operations.flatMap(({ exchanges }) => exchanges))
          .flatMap(credentialVariables),
      ),
    ],
    refusals,
    attempts: refusals
      .flatMap(({ operations, target }) => operations.map((operation) => ({ target, ...operation })))
      .map((attempt, index) => ({ number: index + 1, once: attempt.runs === 1, ...attempt })),
    ours: refusals.filter(({ vendors }) => !vendors),
    theirs: refusals.filter(({ vendors }) => vendors),
    stopped: refusals.flatMap(({ stops }) => stops).filter(({ goesOn }) => !goesOn),
    goesOn: goingOn(refusals.flatMap(({ stops }) => stops).filter(({ goesOn }) => goesOn)),
    working: report.runs.flatMap((run) => workingOf(run, report.features)),
    example: hosts.flatMap(({ proof }) => proof).slice(0, 1),
    routedOnly: report.runs.flatMap((run) =>
      run.operations
        .filter((operation) => stateOf(operation) === 'expected refusal')
        .map(({ id, explanation, manner }) => ({
          target: run.target,
          id,
          explanation,
          provokedBy: provokedBy({ manner }) ?? '',
        })),
    ),
    questions: questions.map((question) => ({ ...question, operations: [...question.operations] })),
    contact,
    gates: gates.map(gateView),
    missingRoutes: refusals.some(({ cause }) => cause === 'route-missing' || cause === 'method-missing'),
  };
}

/** Worst first: a paper about two hosts is as bad as the worse of them. */
const STATUSES: readonly Status[] = ['Blocked', 'Partly blocked', 'Not known', 'Clear'];

function worst(statuses: readonly Status[]): Status {
  return STATUSES.find((status) => statuses.includes(status)) ?? 'Not known';
}

/** Features that go on, by what helps them or what they lose: many share one workaround. */
function goingOn(stops: readonly { name: string; effect: string }[]) {
  return [...new Set(stops.map(({ effect }) => effect))].map((effect) => ({
    effect,
    names: stops.filter((stop) => stop.effect === effect).map(({ name }) => name),
  }));
}

function workingOf(
  run: PaperSources['report']['runs'][number],
  features: PaperSources['report']['features'],
) {
  return run.operations.filter(isProvenToWork).map((operation) => {
    const own = ownExchange(operation);
    return {
      target: run.target,
      id: operation.id,
      write: !operation.safe,
      status: operation.statuses.join(', '),
      at: own?.at ?? '',
      latency: operation.latencyMs ? `${operation.latencyMs.p50} ms` : '',
      features: featuresOf(operation, features).map(({ name }) => name),
      exchange: own ? [exchangeView(own)] : [],
    };
  });
}

/** Names of environment variables; values are nowhere in what a paper is made of. */
function variablesOf({ targets, report }: PaperSources) {
  const names = new Map<string, string>();
  for (const { name, oauth, environment } of targets) {
    if (!report.runs.some(({ target }) => target === name)) continue;
    if (oauth) {
      names.set(oauth.clientId, 'id of the client, for the token call');
      names.set(oauth.clientSecret, 'secret of the client, for the token call');
    }
    for (const variable of Object.keys(environment)) names.set(variable, 'value of parameters and bodies');
  }
  return [...names].map(([name, what]) => ({ name, what }));
}

function gateView({ features, readiness, ...gate }: GateFacts) {
  const scenarios = readiness.scenarios.map((scenario) => ({
    ...scenario,
    result: scenario.met === null ? 'not counted' : scenario.met ? 'met' : 'not met',
  }));
  const namesOf = (state: FeatureState) =>
    features.filter((one) => one.state === state).map(({ name }) => name);
  return {
    ...gate,
    readiness: { ...readiness, scenarios },
    critical: scenarios.filter(({ critical, met }) => critical && met === false),
    features: features.map((feature) => ({
      ...feature,
      losses: [...feature.losses],
      proof: feature.proof.map(({ operation, loss, state, why }) => ({
        operation,
        loss,
        why,
        sign: SHOWN_SIGNS[state],
      })),
    })),
    answer: gate.open ? 'GO' : gate.judged ? 'NO GO' : 'NO VERDICT (no go)',
    working: namesOf('works'),
    hampered: namesOf('hampered'),
    failing: namesOf('fails'),
    notProven: namesOf('not proven'),
  };
}

const SHOWN_SIGNS = { works: '✓', fails: '✗', 'not proven': '?' } as const;
