import { Problem } from '../problem.js';
import type { Message } from './message.js';
import type { Means, Notifier } from './notifier.js';

/** The texts are arguments of the script, never a part of it: nothing in them can be a command. */
const SCRIPT = [
  'on run argv',
  'display notification (item 2 of argv) with title (item 1 of argv) subtitle (item 3 of argv)',
  'end run',
];

/** A notification on the desktop of a Mac. */
export function desktopNotifier(name: string, { environment, programs }: Means): Notifier {
  return {
    name,
    deliver: async (message) => {
      if (programs.platform !== 'darwin')
        throw new Problem(
          'CONFORM_E_NOTIFIER_NOT_CONFIGURED',
          'notifications on the desktop work on macOS only',
          {
            remedy: 'Leave this notifier out with --notify, or use the notifier “command”.',
          },
        );
      await programs.run(
        [
          '/usr/bin/osascript',
          ...SCRIPT.flatMap((line) => ['-e', line]),
          // Options end at the first argument that is none; what follows may begin as it likes.
          `conform: ${message.colour}`,
          message.first,
          countsOf(message),
        ],
        { stdin: '', env: { PATH: environment['PATH'], HOME: environment['HOME'] }, timeoutMs: 30_000 },
      );
    },
  };
}

function countsOf({ appeared, over, stillOpen }: Message): string {
  return `${appeared.length} new, ${over.length} over, ${stillOpen.length} still open`;
}
