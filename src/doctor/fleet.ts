import { firstOf } from '../documents/labels.js';
import { isListedByProgram, readFleet, type Agency } from '../fleet/file.js';
import { planFleet } from '../fleet/plan.js';
import { agenciesText } from '../fleet/report/words.js';
import { Problem } from '../problem.js';
import { errorOf, notTried, ok, warning, type Found, type Line } from './line.js';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Whether a fleet file and the entries of its agencies are valid, and which variables their credentials come from that are not
 * set here: by their names, never by their values. Files and programs that give credentials are left alone.
 * @param env the variables of the process, as a worker that is started here has them
 * @param listing what a program that lists the agencies is given
 * @param mayRun whether a program that lists the agencies may be run: it can use the network
 * @param night the date by which schedules are judged
 */
export async function examineFleet(
  file: string,
  given: { specDir: string; night: string; env: Environment; listing: Environment; mayRun: boolean },
): Promise<Line[]> {
  const { specDir, night, env, listing, mayRun } = given;
  try {
    if (!mayRun && (await isListedByProgram(file)))
      return [lineOf('fleet', notTried('a program lists the agencies, and it can use the network'))];
    const fleet = await readFleet(file, listing);
    const { faults } = await planFleet(fleet, { specDir, night });
    const found =
      faults.length > 0
        ? faults.map((fault) => errorOf(fault))
        : [ok(`${fleet.name}: ${agenciesText(fleet.agencies.length)}, no fault`)];
    return [
      ...found.map((one) => lineOf('fleet', one)),
      lineOf('fleet-variables', ofVariables(fleet.agencies, env)),
    ];
  } catch (thrown) {
    if (!(thrown instanceof Problem)) throw thrown;
    return [lineOf('fleet', errorOf(thrown))];
  }
}

/** A worker on another machine has variables of its own: that one is missing here is no error. */
function ofVariables(agencies: readonly Agency[], env: Environment): Found {
  const wanted = agencies.flatMap(({ name, agencyId, credentials }) =>
    [...(agencyId ? [agencyId] : []), ...Object.values(credentials)].flatMap((source) =>
      'env' in source ? [{ agency: name, variable: source.env }] : [],
    ),
  );
  const missing = wanted.filter(({ variable }) => !env[variable]);
  if (missing.length === 0)
    return ok(
      wanted.length === 0 ? 'no credential comes from a variable' : 'all variables of credentials are set',
    );
  const names = [...new Set(missing.map(({ agency, variable }) => `${variable} (${agency})`))];
  return warning(
    `${names.length === 1 ? 'a variable of a credential is' : `${names.length} variables of credentials are`} not set in this environment: ${firstOf(names, MOST_NAMED)}`,
    'Set them in the environment of each worker; what is only in a .env file is not handed on to an agency.',
  );
}

const MOST_NAMED = 20;

function lineOf(name: string, found: Found): Line {
  return { group: 'store', name, ...found };
}
