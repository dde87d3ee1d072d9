import { existsSync } from 'node:fs';
import { Ajv } from 'ajv';
import { jsonContent } from '../artefact/content.js';
import type { Folder, Records } from '../artefact/folder.js';
import { withPresentName } from '../checks/former-names.js';
import { readNamedText } from '../document/text.js';
import { parseJson } from '../json.js';
import { sharing } from '../once.js';
import { Problem } from '../problem.js';
import { parseRunId } from './name.js';
import { Run, type Capability } from './run.js';
import { provedAnything } from './success.js';

/**
 * Writes a run to `runs/<id>.json` and, as the newest of its target, to `latest/<target>.json`. A run that was stopped
 * or proved nothing is kept, but what was known before stays the latest.
 * @param out the output folder
 * @returns the path of the first
 */
export async function writeRun(run: Run, out: Folder): Promise<string> {
  const content = jsonContent(run);
  const file = await out.write(runName(run.id), content);
  const hasFormer = (await out.list('latest')).includes(`${run.target}.json`);
  if (isLatest(run, hasFormer)) await out.write(latestName(run.target), content);
  return file;
}

/** The name of the record of a run. */
export function runName(id: string): string {
  return `runs/${id}.json`;
}

/** The name of the record of the newest run of a target. */
export function latestName(target: string): string {
  return `latest/${target}.json`;
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

/**
 * The operations of a run know the checks by the names that these have today, whoever wrote the run. What came of the checks
 * is the same for most of them, and kept once.
 */
function inPresentNames(run: Run): Run {
  const share = sharing<NonNullable<Capability['checks']>>();
  const operations = run.operations.map((one) => ({
    ...one,
    findings: one.findings.map(withPresentName),
    ...(one.checks ? { checks: share(one.checks) } : {}),
  }));
  return { ...run, operations };
}

/**
 * Reads a run file.
 * @throws Problem when it is not there, does not parse, or is of another format.
 */
export async function readRun(file: string): Promise<Run> {
  return parseRun(await readNamedText(file, SAYS), file);
}

/**
 * Reads the run that somebody has named: a file, or the id of a run among the records.
 * @throws Problem as `readRun` does
 */
export async function readNamedRun(named: string, records: Records): Promise<Run> {
  const isId = !existsSync(named) && !/[/\\]/.test(named) && parseRunId(named) !== undefined;
  return isId ? readRecordedRun(records, runName(named)) : readRun(named);
}

/**
 * Reads a run of the records.
 * @throws Problem as `readRun` does
 */
export async function readRecordedRun(records: Records, name: string): Promise<Run> {
  const text = await records.read(name);
  const file = records.place(name);
  if (text !== undefined) return parseRun(text, file);
  throw new Problem('CONFORM_E_FILE_MISSING', SAYS.missing, { place: { file }, remedy: SAYS.remedy });
}

/**
 * A run of the records that others can do without: undefined where it is not there, or is no run.
 * @throws Problem when nobody knows whether it is there
 */
export async function readableRun(records: Records, name: string): Promise<Run | undefined> {
  try {
    return await readRecordedRun(records, name);
  } catch (error) {
    if (isFaultOfRecord(error)) return undefined;
    throw error;
  }
}

/** Whether a record is at fault, and not who keeps it: what a database did not give must not be taken for what is not there. */
export function isFaultOfRecord(error: unknown): error is Problem {
  return error instanceof Problem && /^CONFORM_E_(?:FILE|RUN)_/.test(error.code);
}

/**
 * The newest run of each of the targets that has one.
 * @throws Problem when one of them cannot be read
 */
export async function readLatestRuns(records: Records, targets: readonly string[]): Promise<Run[]> {
  const names = await records.list('latest');
  const those = targets.filter((target) => names.includes(`${target}.json`));
  return Promise.all(those.map((target) => readRecordedRun(records, latestName(target))));
}

/**
 * The run that a text holds.
 * @param file where the text is from, for errors
 * @throws Problem when it does not parse, or is of another format
 */
export function parseRun(text: string, file: string): Run {
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
