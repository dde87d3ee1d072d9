import { Problem } from '../problem.js';
import type { Means, Notifier } from './notifier.js';
import type { CommandSettings } from './settings.js';

/** Of the variables of the process no more than these: the credentials of the API are not the command's business. */
const PASSED = ['PATH', 'HOME', 'LANG', 'TZ'] as const;

/**
 * A command of the user's choice. It gets the message as JSON on standard input, and its main members as variables:
 * CONFORM_COLOUR, CONFORM_FIRST, CONFORM_NIGHT, CONFORM_ID, and the counts CONFORM_NEW, CONFORM_OVER, CONFORM_OPEN.
 */
export function commandNotifier(
  name: string,
  { run, variables = [], timeoutSeconds = 60 }: CommandSettings,
  { environment, programs }: Means,
): Notifier {
  return {
    name,
    deliver: async (message) => {
      const [file, ...args] = run;
      if (file === undefined)
        throw new Problem('CONFORM_E_NOTIFIER_NOT_CONFIGURED', 'the notifier names no program', {
          remedy: 'Name the program and its arguments under “run” in nightly.yaml.',
        });
      await programs.run([file, ...args], {
        stdin: `${JSON.stringify(message)}\n`,
        env: {
          ...Object.fromEntries([...PASSED, ...variables].map((one) => [one, environment[one]])),
          CONFORM_COLOUR: message.colour,
          CONFORM_FIRST: message.first,
          CONFORM_NIGHT: message.night,
          CONFORM_ID: message.id,
          CONFORM_NEW: String(message.appeared.length),
          CONFORM_OVER: String(message.over.length),
          CONFORM_OPEN: String(message.stillOpen.length),
        },
        timeoutMs: timeoutSeconds * 1000,
      });
    },
  };
}
