import { systemChance, type Chance } from '../chance.js';
import { systemClock, type Clock } from '../clock.js';
import type { PaceOf } from '../session/pace.js';
import { Secrets } from '../targets/secrets.js';

/** What the engine takes from the process that it runs in. */
export interface Runtime {
  env: Readonly<Record<string, string | undefined>>;
  clock: Clock;
  chance: Chance;
  /** Every secret that is known until now: whatever learns one adds it. */
  secrets: Secrets;
  /** By which pace hosts are asked, where others ask them as well. Default: each run has a pace of its own. */
  paceOf?: PaceOf | undefined;
}

/** The runtime of a program that calls the library. @param env its variables; default: none */
export function runtimeOf(env: Runtime['env'] = {}): Runtime {
  return { env, clock: systemClock, chance: systemChance, secrets: new Secrets() };
}
