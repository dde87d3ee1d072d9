import type { ProblemEntries } from './entry.js';

/** Faults of targets, of their credentials, and of what may be asked of them. */
export const TARGET_ERRORS = {
  CONFORM_E_TARGET_UNKNOWN: {
    title: 'There is no such target',
    what: 'The target that was named is not in `targets.yaml`.',
    why: 'The name is misspelled, or `--spec-dir` names the folder of another vendor.',
    fix: 'Take one of the names that the message lists, or add the target to `targets.yaml`.',
    exitCode: 2,
    example: {
      given: '`targets.yaml` has the targets `mock` and `production`.',
      run: 'conform check --target prodution',
      prints:
        'error CONFORM_E_TARGET_UNKNOWN: there is no target “prodution”\n  Targets are: mock, production.',
    },
  },
  CONFORM_E_TARGET_ADDRESS_MISSING: {
    title: 'A target has no address',
    what: 'The target is in `targets.yaml` without a `baseUrl`, and none was given.',
    why: 'Its address is not known yet, or differs from one installation to the next.',
    fix: 'Add `baseUrl` to the target, or name the address with `--base-url`.',
    exitCode: 2,
    example: {
      given: 'The target `sandbox` has no `baseUrl`.',
      run: 'conform check --target sandbox',
      prints:
        'error CONFORM_E_TARGET_ADDRESS_MISSING: the target “sandbox” has no address\n  Add its baseUrl to targets.yaml, or name one with --base-url.',
    },
  },
  CONFORM_E_TARGET_ADDRESS_INVALID: {
    title: 'An address cannot be used',
    what: 'The address of a target, a token endpoint or a login is not an http or https URL without credentials, query and fragment.',
    why: 'The scheme is missing, or the address was copied from a browser with a key or a password in it.',
    fix: 'Write only scheme, host, port and path. Credentials belong into the environment; `targets.yaml` names the variables.',
    exitCode: 2,
    example: {
      run: 'conform check --target production --base-url ftp://api.example',
      prints:
        'error CONFORM_E_TARGET_ADDRESS_INVALID: the address is neither http nor https\n  Write it like https://host.',
    },
  },
  CONFORM_E_TARGET_ADDRESS_TAKEN: {
    title: 'The address is that of another target',
    what: '`--base-url` names the host of a target with another name. Nothing was sent.',
    why: 'Each target has its own write policy and credentials. Under another name, the host would be asked by the wrong ones.',
    fix: 'Ask the host by the name of its own target.',
    exitCode: 2,
    example: {
      given: '`https://api.example` is the `baseUrl` of `production`.',
      run: 'conform check --target sandbox --base-url https://api.example',
      prints:
        'error CONFORM_E_TARGET_ADDRESS_TAKEN: api.example is the host of the target “production”\n  Ask it by its name: --target production.',
    },
  },
  CONFORM_E_CREDENTIALS_MISSING: {
    title: 'The credentials of a target are not set',
    what: 'Variables of the environment that hold the credentials of the target are not set. Nothing was sent.',
    why: 'Secrets come from the environment or a `.env` file, never from arguments. A cron job or a build server has an environment of its own.',
    fix: 'Set the variables that the message names. `conform doctor` shows which of them are set.',
    exitCode: 3,
    example: {
      given: 'The variable `API_TOKEN` is not set.',
      run: 'conform check --target production',
      prints:
        'error CONFORM_E_CREDENTIALS_MISSING: no credentials for the target “production”: API_TOKEN is not set\n  Set API_TOKEN in the environment or in a .env file.',
    },
  },
  CONFORM_E_CREDENTIALS_INVALID: {
    title: 'A credential cannot be sent',
    what: 'The value of a variable holds a line break or another character that no HTTP header can hold. Nothing was sent.',
    why: 'The value was read from a file with its last line break, or copied with typographic quotes.',
    fix: 'Set the variable to the value alone.',
    exitCode: 2,
    example: {
      given: '`API_TOKEN` was set by `API_TOKEN="$(cat token; echo .)"`.',
      run: 'conform check --target production',
      prints:
        'error CONFORM_E_CREDENTIALS_INVALID: the variable API_TOKEN holds a line break or another control character\n  Set API_TOKEN to the value alone. A value that was read from a file often ends with a line break.',
    },
  },
  CONFORM_E_TOKEN_UNAVAILABLE: {
    title: 'The token endpoint gave no usable token',
    what: 'The token endpoint refused, did not answer, or gave a token that no header can hold. No operation was asked.',
    why: 'The client id or secret is wrong or was revoked, or the address of the token endpoint is wrong.',
    fix: 'Check the credentials with the vendor. `conform check` says more about the refusal.',
    exitCode: 3,
    example: {
      given: 'The client secret was revoked.',
      run: 'conform auth --target production',
      prints:
        'error CONFORM_E_TOKEN_UNAVAILABLE: the token endpoint gave no token: status 401\n  Check the credentials. conform check says more about the refusal.',
    },
  },
  CONFORM_E_AUTH_NOT_COMPARABLE: {
    title: 'Forms of authentication cannot be compared',
    what: '`conform auth` found no operation that works with the credentials and refuses without them.',
    why: 'Either no read works with the usual form, or those that work are open to everybody.',
    fix: 'Run `conform check`: it says what the host guards, and why reads fail.',
    exitCode: 3,
    example: {
      given: 'All operations of the host are public.',
      run: 'conform auth --target sandbox',
      prints:
        'error CONFORM_E_AUTH_NOT_COMPARABLE: the operations that work are open to everybody, so nothing can be learned about credentials\n  Run conform check to see what the host guards.',
    },
  },
  CONFORM_E_REQUEST_NOT_SENT: {
    title: 'The gate held a request back',
    what: 'A request of the typed client was not sent, because it is not allowed on this target.',
    why: 'It would change something beyond the write policy, or it exceeds the budget of the run.',
    fix: 'The message says which rule held it back. Allow more with `--writes`, if the target permits it.',
    exitCode: 2,
    example: {
      given: 'A suite creates a record on a target with the policy `none`.',
      run: 'conform suites --target production',
      prints:
        'error CONFORM_E_REQUEST_NOT_SENT: POST was not sent: the write policy does not allow it\n  The write policy of the target in targets.yaml decides what may be sent.',
    },
  },
  CONFORM_E_WRITES_FORBIDDEN: {
    title: 'The write policy is not allowed on this target',
    what: '`--writes` asks for more than the target allows. Nothing was sent.',
    why: '`targets.yaml` limits what may be written on each target. Production holds the data of real people.',
    fix: 'Use the furthest policy that the message names. If it can be unlocked, the message names the variable that does it.',
    exitCode: 2,
    example: {
      run: 'conform check --target production --writes full',
      prints:
        'error CONFORM_E_WRITES_FORBIDDEN: the write policy “full” is never allowed on “production”\n  The furthest policy is validate.',
    },
  },
  CONFORM_E_OPERATION_UNKNOWN: {
    title: 'No operation was selected',
    what: 'No operation of the contract, or of the run, fits what `--only` names.',
    why: 'The text is misspelled, or the operation is in another contract.',
    fix: 'Give a part of a path, an operationId or a tag. `conform check --plan` lists the operations.',
    exitCode: 2,
    example: {
      run: 'conform check --target mock --only /no-such-path --plan',
      prints:
        'error CONFORM_E_OPERATION_UNKNOWN: no operation fits --only /no-such-path\n  Give a part of a path, an operationId or a tag of the contract.',
    },
  },
  CONFORM_E_PORT_UNAVAILABLE: {
    title: 'A local server cannot listen on the port',
    what: 'The mock or the replica could not open its port.',
    why: 'Another program uses the port, or the user of the process may not open it.',
    fix: 'Choose another port with `--port`, or leave the option out: then a free port is chosen.',
    exitCode: 2,
    example: {
      given: 'Another program listens on port 4010.',
      run: 'conform mock --port 4010',
      prints:
        'error CONFORM_E_PORT_UNAVAILABLE: port 4010 is in use\n  Choose another port with --port, or leave it out to get a free one.',
    },
  },
  CONFORM_E_CERTIFICATE_NOT_MADE: {
    title: 'The replica has no certificate',
    what: 'The replica should serve TLS, and its certificate could not be made.',
    why: 'The program `openssl` makes the certificate, and it is not installed or failed.',
    fix: 'Install `openssl`, or leave `--tls` out.',
    exitCode: 2,
    example: {
      given: '`openssl` is not installed.',
      run: 'conform replica --tls',
      prints:
        'error CONFORM_E_CERTIFICATE_NOT_MADE: no certificate could be made\n  Install openssl, or leave --tls out.',
    },
  },
} as const satisfies ProblemEntries;
