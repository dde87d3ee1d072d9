import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import type { Folder } from '../artefact/folder.js';
import { withPresentName } from '../checks/former-names.js';
import { readNamedText } from '../document/text.js';
import { parseJson } from '../json.js';
import { Problem } from '../problem.js';
import { Run } from './run.js';
import { provedAnything } from './success.js';

/**
 * Writes a run to `runs/<id>.json` and, as the newest of its target, to `latest/<target>.json`. A run that was stopped
 * or proved nothing is kept, but what was known before stays the latest.
 * @param out the output folder
 * @returns the path of the first
 */
export async function writeRun(run: Run, out: Folder): Promise<string> {
  const text = `${JSON.stringify(run, null, 2)}\n`;
  const file = await out.write(join('runs', `${run.id}.json`), text);
  const latest = join('latest', `${run.target}.json`);
  if (isLatest(run, existsSync(join(out.path, latest)))) await out.write(latest, text);
  return file;
}

function isLatest(run: Run, hasFormer: boolean): boolean {
  if (hasFormer) return run.complete && provedAnything(run);
  return run.complete || provedAnything(run);
}

const SAYS = {
  missing: 'there is no such run',
  unreadable: 'the run cannot be read',
  remedy: 'Make one with conform check, or name another with --run.',
};

let validate: ((value: unknown) => value is Run) | undefined;

/** The operations of a run know the checks by the names that these have today, whoever wrote the run. */
function inPresentNames(run: Run): Run {
  const operations = run.operations.map((one) => ({ ...one, findings: one.findings.map(withPresentName) }));
  return { ...run, operations };
}

/**
 * Reads a run file.
 * @throws Problem when it is not there, does not parse, or is of another format.
 */
export async function readRun(file: string): Promise<Run> {
  const text = await readNamedText(file, SAYS);
  const value = parseJson(text);
  if (value === undefined) {
    throw new Problem(
      'CONFORM_E_RUN_UNREADABLE',
      'the run cannot be read: it is not JSON, or it is nested too deep',
      {
        place: { file },
        remedy: SAYS.remedy,
      },
    );
  }
  // To optimize what is compiled takes longer than the few runs that it is used for could save.
  validate ??= new Ajv({ allowUnionTypes: true, code: { optimize: false } }).compile<Run>(Run);
  if (validate(value)) return inPresentNames(value);
  throw new Problem('CONFORM_E_RUN_UNREADABLE', 'this is not a run file of the format conform-run/1', {
    place: { file },
    remedy: 'Make a new one with conform check.',
  });
}
