import type { ProblemEntries } from './entry.js';

/** Faults of `conform nightly` and of its notifications. */
export const NIGHT_ERRORS = {
  CONFORM_E_NIGHT_LOCK_UNUSABLE: {
    title: 'The lock of the night cannot be used',
    what: '`conform nightly` could not find out whether another night is running.',
    why: 'The file of the lock is damaged, or many nights start at the same time.',
    fix: 'Make sure that no other night is running, remove the file, and start the night again.',
    exitCode: 2,
    example: {
      given: 'The lock file is empty.',
      run: 'conform nightly',
      prints:
        'error CONFORM_E_NIGHT_LOCK_UNUSABLE: reports/nightly.lock: the lock of the night cannot be read\n  Remove it when no night is running.',
    },
  },
  CONFORM_E_NOTIFIER_UNKNOWN: {
    title: 'There is no such notifier',
    what: '`--notify` names a notifier that `nightly.yaml` does not have.',
    why: 'The name is misspelled, or the notifier was removed.',
    fix: 'Take one of the names that the message lists.',
    exitCode: 2,
    example: {
      given: '`nightly.yaml` has the notifier `issue`.',
      run: 'conform nightly --notify isue',
      prints:
        'error CONFORM_E_NOTIFIER_UNKNOWN: there is no notifier “isue”\n  Notifiers are: issue, desktop, none.',
    },
  },
  CONFORM_E_NOTIFIER_NOT_CONFIGURED: {
    title: 'A notifier cannot be used as it is configured',
    what: 'The notifier lacks what it needs: a program, a repository, or a platform that it works on.',
    why: '`nightly.yaml` is incomplete, or was written for another machine.',
    fix: 'Add what the message names to `nightly.yaml`, or choose other notifiers with `--notify`.',
    exitCode: 2,
    example: {
      given: 'No repository is configured for the notifier `issue`.',
      run: 'conform nightly --notify issue',
      prints:
        'error CONFORM_E_NOTIFIER_NOT_CONFIGURED: the repository of the issue is not known\n  Set “repository” in nightly.yaml, or the variable GITHUB_REPOSITORY.',
    },
  },
  CONFORM_E_NOTIFIER_VARIABLE_MISSING: {
    title: 'The secret of a notifier is not set',
    what: 'A variable of the environment that holds the address or the token of a notifier is not set.',
    why: 'A cron job or a build server has an environment of its own.',
    fix: 'Set the variable, or leave the notifier out with `--notify`.',
    exitCode: 3,
    example: {
      given: 'The variable `CHAT_URL` is not set.',
      run: 'conform nightly',
      prints:
        'error CONFORM_E_NOTIFIER_VARIABLE_MISSING: the variable CHAT_URL is not set\n  Set it, or leave this notifier out with --notify.',
    },
  },
  CONFORM_E_NOTIFIER_ADDRESS_INSECURE: {
    title: 'A notification would be sent without encryption',
    what: 'The address of a notifier is not https. Nothing was sent.',
    why: 'A notification can name what is wrong with a vendor, and a token can be sent with it.',
    fix: 'Write the address with https. Plain http is allowed for this machine only.',
    exitCode: 2,
    example: {
      given: '`CHAT_URL` begins with `http://`.',
      run: 'conform nightly',
      prints:
        'error CONFORM_E_NOTIFIER_ADDRESS_INSECURE: the address of the notification is not https\n  Write it with https://. Plain http is allowed for this machine only.',
    },
  },
  CONFORM_E_NOTIFIER_PROGRAM_FAILED: {
    title: 'The program of a notifier failed',
    what: 'The program that should notify could not be started, failed, or took too long.',
    why: 'It is not installed, not executable, or ended with an error.',
    fix: 'Run the program by hand with the same arguments.',
    exitCode: 2,
    example: {
      given: 'The program does not exist.',
      run: 'conform nightly',
      prints:
        'error CONFORM_E_NOTIFIER_PROGRAM_FAILED: the program cannot be started (ENOENT)\n  Check that it is installed, and that PATH has its folder.',
    },
  },
  CONFORM_E_NOTIFICATION_FAILED: {
    title: 'A notification was not delivered',
    what: 'The receiver of a notification did not answer, or refused it. The night tries again the next time.',
    why: 'The address or the token is wrong or was revoked, or the network is down.',
    fix: 'Check the address and the permissions of the token.',
    exitCode: 3,
    example: {
      given: 'The token may not write issues.',
      run: 'conform nightly --notify issue',
      prints:
        'error CONFORM_E_NOTIFICATION_FAILED: the code host answers POST of issues with 403\n  Check that the token in ISSUE_TOKEN may read and write the issues of example/api.',
    },
  },
} as const satisfies ProblemEntries;
