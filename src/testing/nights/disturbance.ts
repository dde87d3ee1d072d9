import type { Clock } from '../../clock.js';
import type { Store } from '../../replica/records.js';
import type { World } from '../../replica/world.js';
import type { HttpRequest, Reply } from '../../targets/reply.js';
import type { Random } from '../egress/random.js';

/** A night before anything disturbs it. */
export interface Surroundings {
  world: World;
  /** The clock by which the check asks. */
  clock: Clock;
  /** The same numbers for the same night. */
  random: Random;
}

/** What a disturbance does in one night. Each member that is missing leaves things as they are. */
export interface Effects {
  /** The world that is served instead. */
  world?: World;
  /** The clock by which the host lives. */
  hostClock?: Clock;
  /** Called with what keeps the records before anything is asked. @returns what keeps them from then on */
  keep?: (store: Store) => Store;
  /** Called before every request. */
  before?: (store: Store) => void;
  /** Stands between the check and the host. @param answer what the host does with the request, when it is called */
  pass?: (request: HttpRequest, answer: () => Reply) => Reply;
  /** The requests that it has made fail. */
  lost?: () => readonly HttpRequest[];
}

/** Something that happens to every host, and that no check may take for a defect. */
export interface Disturbance {
  name: string;
  begin: (surroundings: Surroundings) => Effects;
}
