import { command } from '../options.js';
import type { Start } from '../host.js';

export function authCommand(start: Start) {
  return command('auth')
    .summary('find out which form of authentication is accepted')
    .description(
      'Asks one safe operation that works in every header form, with every member of the token answer, and with ' +
        'the tenant in every position, and shows what each gives.',
    )
    .option('--target <name>', 'a target of targets.yaml', 'replica')
    .option('--world <date>', 'the world that the replica serves (default: the newest)')
    .option('--base-url <url>', 'ask another address instead of the target’s own, for a test')
    .addHelpText(
      'after',
      `
Examples:
  conform auth                        on the replica, which takes made-up credentials
  conform auth --target production    on the live host, with those of the environment

Exit codes: 0 some form is accepted, 2 wrong usage, 3 none is, or none could be tried.`,
    )
    .action((options) =>
      start(async (host) => {
        const { auth } = await import('../actions/auth.js');
        return auth(options, host);
      }),
    );
}
