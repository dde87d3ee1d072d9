import { promiseOf, sourceText } from '../checks/promise-of.js';
import { commandOf } from '../exchange/curl.js';
import { featuresOf, type Feature } from '../impact/features.js';
import type { Capability, Run } from '../record/run.js';
import { exchangesOf } from '../record/shown-exchanges.js';
import { messageOf } from '../record/standing.js';
import { headlinesOf, isShared, placesText, type Headline, type Place } from './headlines.js';

type Finding = Capability['findings'][number];

/** A finding and where it leads: what is promised and by whom, who can change it, what depends on it, how it is seen. */
export function findingView(operation: Capability, finding: Finding, features: readonly Feature[]) {
  const { check, severity, pointer } = finding;
  const promised = promiseOf(check);
  return {
    check,
    severity,
    message: messageOf(finding),
    pointer: pointer ?? '',
    // A check of another version of this program is known by its sentence only.
    promise: promised?.promise ?? '',
    source: promised === undefined ? '' : sourceText(promised),
    sourceUrl: promised?.source.url ?? '',
    // What is no more than a warning has nobody who owes it.
    owner: severity === 'error' ? (operation.side ?? '') : '',
    features: featuresOf(operation, features).map(({ name }) => name),
    requests: exchangesOf(operation, finding).map(commandOf),
  };
}

/**
 * What is broken in a run, by causes: what breaks several operations is said once, with its places; else each finding by
 * itself.
 */
export function causeViews(run: Run, features: readonly Feature[]) {
  return headlinesOf(run).flatMap((headline) =>
    isShared(headline)
      ? [causeView(run, headline, features)]
      : headline.places.map((place) => causeView(run, single(headline, place), features)),
  );
}

function single(headline: Headline, place: Place): Headline {
  return { ...headline, finding: place.finding, message: place.finding.message, places: [place] };
}

function causeView(run: Run, headline: Headline, features: readonly Feature[]) {
  const { finding, message, places, operations } = headline;
  const views = places.map((place) => findingView(place.operation, place.finding, features));
  const [first] = places;
  return {
    ...findingView(first.operation, finding, []),
    target: run.target,
    message,
    // Of several places each has a pointer of its own.
    pointer: isShared(headline) ? '' : (finding.pointer ?? ''),
    count: operations.length,
    shared: isShared(headline),
    isError: finding.severity === 'error',
    places: placesText(headline),
    features: [...new Set(views.flatMap((view) => view.features))],
  };
}
