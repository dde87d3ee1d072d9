import type { Clock } from '../../clock.js';
import type { Target } from '../../targets/targets.js';
import type { Found } from '../line.js';
import type { Network } from '../network.js';
import type { Survey } from '../survey.js';

/** A host that is looked at. */
export interface Host {
  target: Target & { baseUrl: string };
  /** The base URL as targets.yaml has it; undefined for a server that is started by conform. */
  written: string | undefined;
  /** Variables without which there are no credentials. */
  missing: readonly string[];
  network: Network;
  survey: Survey;
  clock: Pick<Clock, 'now'>;
  signal: AbortSignal;
}

/** The checks of a host, by their codes. */
export type CheckName =
  | 'address'
  | 'dns'
  | 'connection'
  | 'other-addresses'
  | 'clock'
  | 'token'
  | 'base-url'
  | 'known-good'
  | 'unknown-path'
  | 'rate'
  | 'requests';

/** One thing that can be wrong with the way to a host. */
export interface HostCheck {
  name: CheckName;
  /** Those without which it means nothing; with an error in one of them it is not tried. */
  needs: readonly CheckName[];
  run: (host: Host) => Found[] | Promise<Found[]>;
}

/** The host of a URL, with its port where it is not the usual one. */
export function hostOf(url: string): string {
  return new URL(url).host;
}
