import { Type, type Static } from '@sinclair/typebox';
import type { Folder, Records } from '../artefact/folder.js';
import { literals } from '../document/literals.js';
import { validatorOf } from '../document/shapes.js';
import { CHANGE_KINDS } from '../drift/change.js';
import { parseJson } from '../json.js';
import { COLOURS } from '../notify/message.js';
import { isFaultOfRecord } from '../record/store.js';

/**
 * What a night can find: a change of drift; that an operation is proven less than before; that a gate is shut; that nothing
 * could be judged; that the configuration is wrong; that a step failed; that an earlier night did not end.
 */
export const NEWS_CODES = [
  ...CHANGE_KINDS,
  'proof-lost',
  'gate-shut',
  'no-verdict',
  'configuration',
  'step-failed',
  'night-died',
] as const;
export type NewsCode = (typeof NEWS_CODES)[number];

const Features = Type.Array(
  Type.Object({
    consumer: Type.String(),
    feature: Type.String(),
    loss: literals(['stops', 'degrades', 'workaround', 'reserve']),
  }),
);

/** One thing that a night has found, as facts. Sentences are made of it where a person reads them. */
export const News = Type.Object({
  /** The same in every night for the same thing. */
  key: Type.String(),
  code: literals(NEWS_CODES),
  /** What has to be judged to know whether it is still so: `target production`, `gate NAME`, … */
  scope: Type.String(),
  /** Whether it makes the night red. */
  counts: Type.Boolean(),
  target: Type.Optional(Type.String()),
  operation: Type.Optional(Type.String()),
  /** What was before and what is now, as drift, the gate, or an error describes it. */
  from: Type.Optional(Type.String()),
  to: Type.Optional(Type.String()),
  /** What to do about it, where the error says so itself. */
  remedy: Type.Optional(Type.String()),
  /** The features of consumers that need the operation, or that are shut. */
  features: Type.Optional(Features),
  /** Start of the run that showed it first, where that was not this night; ISO 8601, UTC. */
  seenSince: Type.Optional(Type.String()),
});
export type News = Static<typeof News>;

const StepError = Type.Object({
  /** A code of the catalogue of errors, where it comes from an error and not from a run. */
  code: Type.Optional(Type.String()),
  message: Type.String(),
  file: Type.Optional(Type.String()),
  line: Type.Optional(Type.Integer()),
  remedy: Type.Optional(Type.String()),
});
export type StepError = Static<typeof StepError>;

/** One step of a night: `check production`, `report`, `notify issue`, … */
export const Step = Type.Object({
  name: Type.String(),
  result: literals(['done', 'failed', 'left-out']),
  /** What it alone would end the command with. */
  exitCode: Type.Integer(),
  error: Type.Optional(StepError),
});
export type Step = Static<typeof Step>;

/** `nights/<start>.json` of an output folder. */
export const NightRecord = Type.Object({
  format: Type.Literal('conform-night/1'),
  /** Start, basic ISO 8601, UTC: the name of the file. */
  id: Type.String(),
  startedAt: Type.String(),
  finishedAt: Type.Optional(Type.String()),
  /** `running` in a night that was killed, until the next one calls it `died`. */
  state: literals(['running', 'ended', 'stopped', 'died']),
  tool: Type.Object({ name: Type.String(), version: Type.String() }),
  colour: Type.Optional(literals(COLOURS)),
  exitCode: Type.Optional(Type.Integer()),
  /** The run of each target that was asked. */
  runs: Type.Array(Type.Object({ target: Type.String(), run: Type.String() })),
  /** The scopes of which this night knows what is so. */
  judged: Type.Array(Type.String()),
  /** Of each target the start of the oldest run that it was compared with. */
  comparedSince: Type.Record(Type.String(), Type.String()),
  news: Type.Array(News),
  gates: Type.Array(
    Type.Object({
      consumer: Type.String(),
      open: Type.Boolean(),
      judged: Type.Boolean(),
      why: Type.String(),
      shut: Type.Array(Type.String()),
    }),
  ),
  steps: Type.Array(Step),
  /** By notifier: the keys of what it has delivered and of whose end it has not. */
  announced: Type.Record(Type.String(), Type.Array(Type.String())),
});
export type NightRecord = Static<typeof NightRecord>;

/** The folder, in the output folder, of the records of nights. */
export const NIGHTS = 'nights';

/** More than a year of nights. */
const READ_AT_MOST = 400;

/** `2026-03-08T09:17:00.123Z` is the night `20260308T091700Z`. */
export function nightId(startedAt: Date): string {
  return startedAt
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(/[-:]/g, '');
}

/** Writes the record of a night, whole or not at all. */
export async function writeNight(record: NightRecord, out: Folder): Promise<string> {
  return out.write(`${NIGHTS}/${record.id}.json`, `${JSON.stringify(record, null, 2)}\n`);
}

/**
 * The records of the newest nights, oldest first. One that cannot be read is left out: a broken file must not end the
 * nights to come.
 * @param onUnreadable given the path of each that is left out
 */
export async function readNights(
  from: Records,
  onUnreadable: (file: string) => void,
): Promise<NightRecord[]> {
  const names = (await from.list(NIGHTS)).filter((name) => /^\d{8}T\d{6}Z(~\d+)?\.json$/.test(name));
  const records: NightRecord[] = [];
  for (const name of names.slice(-READ_AT_MOST)) {
    const record = parseNight((await readable(from, `${NIGHTS}/${name}`)) ?? '');
    if (record) records.push(record);
    else onUnreadable(from.place(`${NIGHTS}/${name}`));
  }
  return records;
}

/** The text of a record; undefined where the file cannot be read. */
async function readable(from: Records, name: string): Promise<string | undefined> {
  try {
    return await from.read(name);
  } catch (error) {
    if (isFaultOfRecord(error)) return undefined;
    throw error;
  }
}

/** The record of a night that a text holds; undefined where it holds none. */
export function parseNight(text: string): NightRecord | undefined {
  const value = parseJson(text);
  return validatorOf(NightRecord)(value) ? value : undefined;
}
