import type { Contract } from '../contract/contract.js';
import { likely } from '../nearest.js';
import { Problem } from '../problem.js';
import { checkedBaseUrl } from '../targets/address.js';
import { variablesOf, entryOf, type CredentialForm } from '../targets/credential-entry.js';
import { TARGET_NAME } from '../targets/targets.js';
import { kindOf, type Kind } from './addresses.js';
import type { Found } from './found.js';
import { isVariableName, variableNames } from './variables.js';
import type { AuthOption } from './auth-options.js';

/** What a person has said, by options or in answer to questions; undefined where nothing was said. */
export interface Given {
  baseUrl?: string | undefined;
  /** The name of a way in, `NAME=VARIABLE,VARIABLE`, or `none`. */
  credential?: string | undefined;
  /** Values for parameters, as `NAME=VALUE`. */
  ids?: readonly string[] | undefined;
  consumer?: string | undefined;
}

/** What the files of a spec folder are made by: what was found, and what was said or assumed where it was open. */
export interface Settled {
  /** Undefined where there is no address: then the mock alone can be asked. */
  live: { name: Kind; baseUrl: string } | undefined;
  way: AuthOption | undefined;
  ids: ReadonlyMap<string, string>;
  consumer: { name: string; file: string };
  /** What nobody has said, with the option that says otherwise. */
  assumed: readonly string[];
}

/**
 * Puts what was said beside what was found.
 * @throws Problem where what was said cannot be used; a text that could be a secret is not repeated
 */
export function settle(
  found: Found,
  given: Given,
  { title, operations }: Pick<Contract, 'title' | 'operations'>,
): Settled {
  const parameters = new Set(operations.flatMap((one) => one.parameters.map(({ name }) => name)));
  const assumed: string[] = [];
  const baseUrl = given.baseUrl === undefined ? undefined : checkedBaseUrl(given.baseUrl);
  const address = baseUrl ?? preferredAddress(found);
  if (baseUrl === undefined && found.addresses.length !== 1)
    assumed.push(
      address === undefined
        ? 'no address: the contract names none, so only the mock can be asked (--base-url URL)'
        : `${address}, of the ${found.addresses.length} addresses that the contract names (--base-url URL)`,
    );
  const way =
    given.credential === undefined ? found.ways.usable[0] : wayOf(given.credential, found.ways.usable, title);
  if (given.credential === undefined) assumed.push(...assumedWay(found));
  if (address === undefined)
    assumed.push('no consumer: without a host nothing proves that it can be deployed');
  else if (given.consumer === undefined) assumed.push('the consumer is called “example” (--consumer NAME)');
  return {
    live: address === undefined ? undefined : { name: kindOf(address), baseUrl: address },
    way,
    ids: idsOf(given.ids ?? [], parameters),
    consumer: consumerOf(given.consumer ?? 'example'),
    assumed,
  };
}

/** Where nothing real is changed comes first. */
export function preferredAddress({ addresses }: Pick<Found, 'addresses'>): string | undefined {
  return (addresses.find(({ kind }) => kind === 'sandbox') ?? addresses[0])?.url;
}

function assumedWay({ ways: { usable, unusable } }: Found): string[] {
  const [first, ...others] = usable;
  if (first && others.length > 0)
    return [`the credential “${first.name}”, which lets in most (--credential ${others[0]?.name ?? 'NAME'})`];
  if (first) return [];
  return [
    unusable.length > 0
      ? `no credential: for “${unusable.join('”, “')}” one has to be written into targets.yaml`
      : 'no credential: the contract names none (--credential bearer, or basic)',
  ];
}

/** A way in that a contract does not name. */
function plainWay(name: string, title: string): AuthOption | undefined {
  const [token = '', user = '', password = ''] = variableNames(title, '', ['TOKEN', 'USER', 'PASSWORD']);
  const forms: Record<string, CredentialForm> = {
    bearer: { bearer: { token } },
    basic: { basic: { user, password } },
  };
  const form = Object.hasOwn(forms, name) ? forms[name] : undefined;
  return form && { name, operations: 0, credentials: [form], instead: undefined };
}

function wayOf(written: string, usable: readonly AuthOption[], title: string): AuthOption | undefined {
  const [name = '', variables] = written.split(/=(.*)/s);
  if (name === 'none') return undefined;
  const way = usable.find((one) => one.name === name) ?? plainWay(name, title);
  if (!way) {
    const names = [...usable.map((one) => one.name), 'bearer', 'basic', 'none'];
    const near = likely(name, names);
    throw new Problem(
      'CONFORM_E_VALUE_INVALID',
      'the contract has no security scheme of the name in --credential',
      {
        remedy: `${near === undefined ? '' : `Is it “${near}”? `}There are: ${names.join(', ')}.`,
      },
    );
  }
  return variables === undefined
    ? way
    : { ...way, credentials: renamed(way.credentials, variables.split(',')) };
}

/** Credentials with other names of variables, in their order. */
function renamed(credentials: readonly CredentialForm[], names: readonly string[]): CredentialForm[] {
  const wanted = credentials.flatMap((one) => variablesOf(entryOf(one)));
  if (names.length !== wanted.length || !names.every(isVariableName)) {
    throw new Problem('CONFORM_E_VALUE_INVALID', '--credential does not name variables of the environment', {
      remedy: `Write the names of ${wanted.length} variables behind “=”, such as ${wanted.join(',')}, and never their values. If you wrote a secret there, it may be in the history of your shell.`,
    });
  }
  const left = [...names];
  const next = () => left.shift() ?? '';
  return credentials.map((one) => {
    if ('oauth' in one) return { ...one, oauth: { ...one.oauth, clientId: next(), clientSecret: next() } };
    if ('bearer' in one) return { ...one, bearer: { ...one.bearer, token: next() } };
    if ('apiKey' in one) return { ...one, apiKey: { ...one.apiKey, value: next() } };
    if ('basic' in one) return { ...one, basic: { user: next(), password: next() } };
    return one;
  });
}

function idsOf(written: readonly string[], parameters: ReadonlySet<string>): Map<string, string> {
  return new Map(
    written.map((one): [string, string] => {
      const [name = '', value = ''] = one.split(/=(.*)/s);
      if (name === '' || value === '' || /[\r\n]/.test(value))
        throw new Problem('CONFORM_E_VALUE_INVALID', '--id does not have the form NAME=VALUE', {
          remedy: 'Write it like --id owner=octo.',
        });
      if (!parameters.has(name)) {
        const near = likely(name, [...parameters]);
        throw new Problem('CONFORM_E_VALUE_INVALID', `the contract has no parameter “${name}”`, {
          remedy: near === undefined ? 'Use the name in the contract.' : `The nearest is “${near}”.`,
        });
      }
      return [name, value];
    }),
  );
}

function consumerOf(name: string): Settled['consumer'] {
  if (!new RegExp(TARGET_NAME, 'u').test(name) || /\.$/.test(name))
    throw new Problem(
      'CONFORM_E_VALUE_INVALID',
      'the name of the consumer cannot be used as the name of a file',
      {
        remedy: 'Write it with letters, digits, spaces, “.”, “_” and “-”, for example --consumer shop.',
      },
    );
  return { name, file: name.toLowerCase().replaceAll(' ', '-') };
}
