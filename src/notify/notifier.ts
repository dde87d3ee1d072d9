import type { Clock } from '../clock.js';
import type { Secrets } from '../targets/secrets.js';
import type { Message } from './message.js';
import type { Poster } from './post.js';
import type { Programs } from './program.js';

/** One way to notify somebody. */
export interface Notifier {
  /** By which name it is chosen, and under which it is recorded what it has delivered. */
  name: string;
  /**
   * Delivers a message.
   * @throws Problem with the reason when it could not be delivered; it is tried again in the next night
   */
  deliver: (message: Message) => Promise<void>;
  /**
   * Given by those whose messages stay where they are: takes back what still is there although nothing is open, such as
   * what was delivered in a night that could not be recorded. Called when there is nothing to deliver and nothing is open.
   */
  settle?: (message: Message) => Promise<void>;
}

/** What notifiers are made with. */
export interface Means {
  /** The variables of the process, and those of a `.env` file. */
  environment: Readonly<Record<string, string | undefined>>;
  /** Every secret that is read is made known here. */
  secrets: Secrets;
  clock: Pick<Clock, 'now'>;
  programs: Programs;
  post: Poster;
}
