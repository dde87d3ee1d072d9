import { percentDecoded } from '../percent.js';
import { readDocument } from '../document/read.js';
import { join } from 'node:path';
import { variablesIn } from '../probe/samples.js';
import { findLayers, folderOf } from '../spec/find.js';
import { readEnvironment, variablesOfTargets } from '../targets/credentials.js';
import type { Secrets } from '../targets/secrets.js';
import { readHosts } from '../targets/targets.js';
import type { Runtime } from './runtime.js';

/**
 * Makes known, before a command does anything, every secret that the process has: what its variables and the `.env`
 * file hold under a name that says so, passwords in addresses, and what `targets.yaml` and `samples.yaml` name, whether
 * or not the command reads these files itself. What is given later, such as a token, is added by who is given it.
 */
export async function learnSecrets(
  { env, secrets }: Pick<Runtime, 'env' | 'secrets'>,
  specDir: string | undefined,
): Promise<void> {
  const environment = readEnvironment(env);
  for (const [name, value = ''] of Object.entries(environment)) {
    if (NAMES.test(name) && looksSecret(value)) secrets.add(value);
    learnAddress(value, secrets);
  }
  if (specDir === undefined) return;
  for (const name of await variablesOfSpec(specDir)) secrets.add(environment[name] ?? '');
}

/** Makes known the password that is in an address, such as that of a database. */
export function learnAddress(address: string, secrets: Secrets): void {
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*@/i.test(address)) return;
  secrets.add(address);
  const [, user = '', password = ''] = /^[^:]+:\/\/([^:@/?#]*):?([^/?#]*)@/.exec(address) ?? [];
  // “postgres” is a password as well as a word that stands everywhere; with the user in front of it, it is only one.
  if (password !== '') secrets.add(`${user}:${password}@`);
  for (const form of [password, percentDecoded(password)]) if (looksSecret(form)) secrets.add(form);
}

/** Names of variables that hold a secret, whoever has set them. */
const NAMES = /(SECRET|TOKEN|PASSWORD|PASSWD|PASSPHRASE|CREDENTIALS?|KEY|AUTHORIZATION)_?\d*$/i;

/** Whether a value can be looked for: not a word, a number or a switch, which are in many a text. */
function looksSecret(value: string): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/].filter((kind) => kind.test(value)).length;
  return value.length >= 8 && (kinds >= 2 || value.length >= 16);
}

/** The variables that a spec folder names. A file that cannot be read is left to the command that needs it. */
async function variablesOfSpec(given: string): Promise<string[]> {
  try {
    const layers = findLayers(given);
    const [hosts, samples] = await Promise.all([
      readHosts(folderOf('targets.yaml', layers)).then(
        ({ targets }) => variablesOfTargets(targets),
        () => [],
      ),
      readDocument(join(folderOf('samples.yaml', layers), 'samples.yaml')).then(
        ({ value }) => variablesIn(value),
        () => [],
      ),
    ]);
    return [...hosts, ...samples];
  } catch {
    return [];
  }
}
