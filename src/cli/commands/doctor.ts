import { command, STORE } from '../options.js';
import type { Start } from '../host.js';

export function doctorCommand(start: Start) {
  return command('doctor')
    .summary('find what is wrong with the set-up, before a vendor is blamed')
    .description(
      'Looks at the spec folder, the variables, the way to each host (address, DNS, certificate, clock, token, rate), ' +
        'the databases, the fleet file, and what a check would ask. Sends a few requests that change nothing, and writes no file. ' +
        'Without --target: every target that is a live host.',
    )
    .option(
      '--target <name>',
      'only this target of targets.yaml; the mock and the replica are started for it',
    )
    .option('--offline', 'only what needs no network')
    .option('--store <url>', STORE)
    .addHelpText(
      'after',
      `
Examples:
  conform doctor --offline               the spec folder, the variables, the plan: nothing leaves the machine
  conform doctor --target replica        all of it, on a server of this machine
  conform doctor --target production     the way to one host
  conform doctor --store postgres://conform@db/fleet   does the store answer, may it be written
  conform doctor --offline --json        for programs: { ok, checks: [{ group, name, target, state, found, remedy }] }

Exit codes: 0 nothing is wrong (there may be warnings), 1 something in the set-up is wrong, 2 the set-up cannot be
used, 3 nothing could be tried: no credentials, or no host was reached.`,
    )
    .action((options) =>
      start(async (host) => {
        const { doctor } = await import('../actions/doctor.js');
        return doctor(options, host);
      }),
    );
}
