import { createSeries, STEADY } from '../../drift/series.js';
import { needsOf } from '../../impact/needs.js';
import { seeded } from '../egress/random.js';
import { alarmsIn, knownOf, type Known } from './alarms.js';
import { DISTURBANCES } from './disturbances.js';
import type { Disturbance } from './disturbance.js';
import { CHANGES } from './local-time.js';
import { passNight, worldForNights, type NightOptions, type NightSpec } from './night.js';

/** So many nights follow upon one another on one host: half of them around each change of daylight saving. */
const NIGHTS_OF_HOST = 20;

/** Each night asks a random part of the operations, as large as this; what these need is asked as well. */
const PART = 1 / 3;

const DAY_MS = 86_400_000;
/** A night begins so long before the hour at which clocks are set, so that some of them live through it. */
const BEFORE_MS = 2_000;

/** What is said of one night. */
export interface Said {
  number: number;
  /** The world, the policy, and how often what is said may be repeated alone. */
  about: string;
  requests: number;
  alarms: string[];
  /** How many answers failed, were asked for again, and then came. */
  retried: number;
  /** How many operations could not be asked. */
  notAsked: number;
  /** How often the run says that something may be left. */
  reports: number;
}

/** A row of nights. */
export interface NightsOptions {
  seed: number;
  from: number;
  to: number;
  /** Where journals are written. */
  journals: string;
  disturbances?: readonly Disturbance[];
}

/**
 * Passes nights, each determined by its number and the seed alone, and holds each against a night of its world that nothing
 * disturbs. What is not as it was the nights before on the same host is held to what `conform drift` says of a folder.
 */
export async function* passNights(
  spec: NightSpec,
  { seed, from, to, journals, disturbances = DISTURBANCES }: NightsOptions,
): AsyncGenerator<Said> {
  const needs = needsOf(spec.consumers);
  let row = -1;
  let known: Known | undefined;
  let series = createSeries(STEADY, needs);
  for (let number = from; number < to; number += 1) {
    const { world: date, policy, startedAt } = placeOf(number, spec.worlds.dates);
    const common: Omit<NightOptions, 'seed'> = {
      world: worldForNights(spec.worlds.of(date)),
      ...{ policy, startedAt, disturbances },
    };
    if (!known || row !== Math.floor(number / NIGHTS_OF_HOST)) {
      row = Math.floor(number / NIGHTS_OF_HOST);
      series = createSeries(STEADY, needs);
      const before = new Date(CHANGES[0] - NIGHTS_OF_HOST * DAY_MS);
      const calm = await passNight(spec, { ...common, seed, startedAt: before, disturbances: [] }, journals);
      known = knownOf(calm);
      series.add(calm.run);
    }
    const own = (Math.imul(seed, 100_003) + number) | 0;
    const passed = await passNight(
      spec,
      { ...common, seed: own, only: partOf(spec.contract.operations, own) },
      journals,
    );
    series.add(passed.run);
    const changes = series.drift()?.changes ?? [];
    const { operations, left } = passed.run;
    yield {
      number,
      about: `${date}, ${policy}`,
      requests: passed.requests,
      alarms: [
        ...alarmsIn(passed, known),
        ...changes.map(
          ({ operation, kind, from: was, to: is }) => `drift: ${operation} ${kind}: ${was} → ${is}`,
        ),
      ],
      retried: passed.run.budget?.sent.retries ?? 0,
      notAsked: operations.filter(({ outcome }) => outcome === 'skipped').length,
      reports: left?.length ?? 0,
    };
  }
}

/** Where and when a night is. */
function placeOf(
  number: number,
  dates: readonly string[],
): Pick<NightOptions, 'policy' | 'startedAt'> & { world: string } {
  const host = Math.floor(number / NIGHTS_OF_HOST);
  const night = number % NIGHTS_OF_HOST;
  const half = NIGHTS_OF_HOST / 2;
  const [spring, autumn] = CHANGES;
  const change = night < half ? spring : autumn;
  const days = (night % half) - half / 2;
  return {
    // Two of three hosts are the newest world, the others go through all that there are.
    world: (host % 3 < 2 ? dates.at(-1) : dates[Math.floor(host / 3) % dates.length]) ?? '',
    policy: host % 2 === 0 ? 'full' : 'route',
    startedAt: new Date(change + days * DAY_MS - BEFORE_MS),
  };
}

function partOf(operations: readonly { id: string }[], seed: number): string[] {
  const random = seeded(seed ^ 0x5bd1e995);
  const part = operations.filter(() => random.next() < PART).map(({ id }) => id);
  return part.length > 0 ? part : operations.slice(0, 1).map(({ id }) => id);
}
