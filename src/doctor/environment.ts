import { valuedEntries } from '../session/credentials/create.js';
import { variablesOf } from '../targets/credential-entry.js';
import { variablesOfTargets } from '../targets/credentials.js';
import type { Secrets } from '../targets/secrets.js';
import type { Target } from '../targets/targets.js';
import { error, errorOf, ok, problemsOf, warning, type Found, type Line } from './line.js';

/** The variables of the process, and those of the `.env` file; undefined where there is no such file. */
export interface Variables {
  process: Readonly<Record<string, string | undefined>>;
  file: Readonly<Record<string, string | undefined>> | undefined;
}

/**
 * Whether the variables are there that targets need: by their names, never by their values.
 * @param ofSamples those that samples.yaml names
 * @param areNeeded whether the targets are to be asked now
 */
export function examineEnvironment(
  targets: readonly Target[],
  { process, file }: Variables,
  ofSamples: readonly string[],
  { areNeeded, secrets }: { areNeeded: boolean; secrets: Secrets },
): Line[] {
  const lineOf = (name: string, found: Found, target?: Target): Line => ({
    group: 'configuration',
    name,
    ...(target ? { target: target.name } : {}),
    ...found,
  });
  const count = file === undefined ? 0 : Object.keys(file).length;
  const ofFile = ok(
    file === undefined
      ? 'there is no .env file in the current folder; variables come from the environment'
      : `.env in the current folder has ${count} ${count === 1 ? 'variable' : 'variables'}; those of the environment take precedence`,
  );
  return [
    lineOf('env-file', ofFile),
    ...targets.flatMap((target) =>
      ofTarget(target, { process, file }, ofSamples, { areNeeded, secrets }).map((found) =>
        lineOf('variables', found, target),
      ),
    ),
  ];
}

function ofTarget(
  target: Target,
  { process, file = {} }: Variables,
  ofSamples: readonly string[],
  { areNeeded, secrets }: { areNeeded: boolean; secrets: Secrets },
): Found[] {
  if (target.serve !== undefined) return [ok('it is started by conform, and given invented credentials')];
  const environment = { ...file, ...process };
  const own = new Set(target.credentials.flatMap(variablesOf));
  const ofOthers = new Set(variablesOfTargets([target]).filter((name) => !own.has(name)));
  const ofRequests = ofSamples.filter((name) => !own.has(name) && !Object.hasOwn(target.environment, name));
  const names = [...new Set([...own, ...ofOthers, ...ofRequests])];
  if (names.length === 0) return [ok('it needs no variable')];
  const missing = names.filter((name) => !environment[name]);
  const there = names.filter((name) => environment[name]);
  const remedy = (name: string) => `Set ${name} in the environment or in a .env file.`;
  const ofMissing = missing.map((name): Found => {
    const what = environment[name] === undefined ? `${name} is not set` : `${name} is set, but empty`;
    if (own.has(name)) {
      return areNeeded
        ? error(`${what}; without it there are no credentials`, remedy(name), 3)
        : warning(`${what}; without it there are no credentials`, remedy(name));
    }
    const without = ofOthers.has(name)
      ? 'another caller cannot be asked as'
      : 'requests that samples.yaml gives it to go without it, or are not made';
    return warning(`${what}; ${without}`, remedy(name));
  });
  const unusable = [...own].every((name) => environment[name])
    ? problemsOf(() => valuedEntries(target, target.credentials, environment, secrets)).map((problem) =>
        errorOf(problem, 2),
      )
    : [];
  const doubtful = there.flatMap((name) => doubtsOf(name, environment[name] ?? '', { process, file }));
  return [
    ...ofMissing,
    ...unusable,
    ...doubtful,
    ...(there.length > 0
      ? [ok(`set: ${there.map((name) => `${name} (${originOf(name, process)})`).join(', ')}`)]
      : []),
  ];
}

function originOf(name: string, process: Variables['process']): string {
  return process[name] === undefined ? '.env' : 'environment';
}

/** What looks as if it was not meant, said without the value. */
function doubtsOf(
  name: string,
  value: string,
  { process, file }: { process: Variables['process']; file: Variables['process'] },
): Found[] {
  const only = `Set ${name} to the value alone.`;
  const isElsewhere = process[name] !== undefined && file[name] !== undefined && file[name] !== process[name];
  return [
    ...(value === value.trim() ? [] : [warning(`${name} begins or ends with a space`, only)]),
    ...(/^\s*(["'`]).*\1\s*$/s.test(value)
      ? [warning(`${name} has quotes around its value, which are sent with it`, only)]
      : []),
    ...(isElsewhere
      ? [
          warning(
            `${name} has another value in .env than in the environment; the value of the environment counts`,
            'Remove the one that is out of date.',
          ),
        ]
      : []),
  ];
}
