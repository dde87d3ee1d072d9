import { dirname, resolve } from 'node:path';
import { Type, type Static, type TSchema } from '@sinclair/typebox';
import {
  documentOf,
  isTyped,
  readDocument,
  readTypedDocument,
  type SourceDocument,
} from '../document/read.js';
import { Problem, type Place } from '../problem.js';
import { outputOf } from './output-of.js';
import { Schedule } from './schedule.js';
import { ValueSource } from './values.js';

const closed = { additionalProperties: false };
const name = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$' });
const duration = Type.String({ pattern: '^\\d+(?:\\.\\d+)?(?:ms|s|m|h)$' });
const consumers = Type.Array(Type.String(), { uniqueItems: true });
const parts = Type.Integer({ minimum: 1, maximum: 64 });

/** One agency, as the fleet file has it. */
export const AgencyEntry = Type.Object(
  {
    /** What people call it; no other has the same. */
    name,
    /** The target of targets.yaml that is asked. */
    target: Type.Optional(Type.String()),
    /** Where the id of the agency comes from: the value of the variable that `auth.tenant` of targets.yaml names. */
    agencyId: Type.Optional(ValueSource),
    /** Of each variable that targets.yaml or samples.yaml names: where its value comes from. */
    credentials: Type.Optional(
      Type.Record(Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]*$' }), ValueSource),
    ),
    /** A spec folder that is laid over --spec-dir. Its path is below the folder of the fleet file. */
    spec: Type.Optional(Type.String({ minLength: 1 })),
    schedule: Type.Optional(Schedule),
    consumers: Type.Optional(consumers),
    /** In how many parts the contract is asked, by as many workers. */
    parts: Type.Optional(parts),
  },
  closed,
);
type AgencyEntry = Static<typeof AgencyEntry>;

const Defaults = Type.Pick(AgencyEntry, ['target', 'schedule', 'consumers', 'parts'], closed);

const Listed = Type.Union([
  Type.Object({ file: Type.String({ minLength: 1 }) }, closed),
  Type.Object({ command: Type.Array(Type.String(), { minItems: 1 }) }, closed),
]);

/** `fleet.yaml`: the agencies of a fleet and when each is asked. */
export const FleetFile = Type.Object(
  {
    fleet: name,
    /** How long what was recorded is kept. */
    keep: Type.Optional(Type.Object({ days: Type.Integer({ minimum: 1 }) }, closed)),
    /** How long after its begin a night has to be recorded. Default: 8h. */
    deadline: Type.Optional(duration),
    /** How often a night that failed or gave no verdict is tried again, and after which time; each further wait is twice as long. */
    retries: Type.Optional(
      Type.Object({ limit: Type.Integer({ minimum: 0, maximum: 20 }), delay: duration }, closed),
    ),
    defaults: Type.Optional(Defaults),
    /** The agencies; or the file that lists them; or a program that prints the list, as YAML or JSON. */
    agencies: Type.Union([Type.Array(Type.Unknown()), Listed]),
  },
  closed,
);

/** One agency of a fleet, with every default filled in. */
export interface Agency {
  name: string;
  /** Where its entry is. */
  place: Place;
  target: string | undefined;
  agencyId: ValueSource | undefined;
  credentials: Readonly<Record<string, ValueSource>>;
  /** The whole path of its spec folder. */
  spec: string | undefined;
  schedule: Schedule;
  consumers: readonly string[] | undefined;
  parts: number | undefined;
}

/** A fleet as its file describes it. */
export interface Fleet {
  name: string;
  file: string;
  /** The folder of the file: what it names is below it. */
  folder: string;
  keepDays: number | undefined;
  deadlineMs: number;
  retries: { limit: number; delayMs: number };
  /** Those whose entries are right. */
  agencies: readonly Agency[];
  /** What is wrong in the entries of the others, which are left out. */
  faults: readonly Problem[];
}

const DEADLINE_MS = 8 * 60 * 60_000;
const RETRIES = { limit: 3, delayMs: 60_000 };
/** A program that lists agencies may ask a service for them. */
const LISTING_MS = 60_000;
/** So many bytes hold the entries of some ten thousand agencies. */
const MOST_LISTED = 8 * 1024 * 1024;

/**
 * Reads a fleet file. An entry that is wrong is left out, and every fault of it is reported; the others are not touched.
 * @param env what a program that lists the agencies is given
 * @throws Problem with file and line when the file itself is wrong, or the list of agencies cannot be had
 */
export async function readFleet(
  file: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Fleet> {
  const source = await readTypedDocument(file, FleetFile);
  const { fleet, keep, deadline, retries, defaults = {} } = source.value;
  const folder = dirname(resolve(file));
  const { list, of } = await listOf(source, folder, env);
  const faults: Problem[] = [];
  const entries = list.flatMap((value, index): { entry: AgencyEntry; place: Place }[] => {
    const place = { file: of.file, line: of.lineOf(of.at(index)) };
    if (of.isTyped(AgencyEntry, value, faults, index)) return [{ entry: value, place }];
    return [];
  });
  const taken = new Set<string>();
  const agencies = entries.filter(({ entry, place }) => {
    if (!taken.has(entry.name)) {
      taken.add(entry.name);
      return true;
    }
    faults.push(wrong(place, 'another agency has the same name', 'Each agency has a name of its own.'));
    return false;
  });
  return {
    ...{ name: fleet, file, folder, faults, keepDays: keep?.days },
    deadlineMs: deadline === undefined ? DEADLINE_MS : millisecondsOf(deadline),
    retries: retries ? { limit: retries.limit, delayMs: millisecondsOf(retries.delay) } : RETRIES,
    agencies: agencies.map(({ entry, place }) => ({
      ...{ name: entry.name, place, agencyId: entry.agencyId, credentials: entry.credentials ?? {} },
      spec: entry.spec === undefined ? undefined : resolve(folder, entry.spec),
      target: entry.target ?? defaults.target,
      schedule: entry.schedule ?? defaults.schedule ?? 'daily',
      consumers: entry.consumers ?? defaults.consumers,
      parts: entry.parts ?? defaults.parts,
    })),
  };
}

/**
 * Whether a program lists the agencies of a fleet file, which is not run for this.
 * @throws Problem with file and line when the file itself is wrong
 */
export async function isListedByProgram(file: string): Promise<boolean> {
  const { agencies } = (await readTypedDocument(file, FleetFile)).value;
  return !Array.isArray(agencies) && 'command' in agencies;
}

/** Where the entries of agencies are, and how faults in them are reported. */
interface Listing extends Pick<SourceDocument, 'file' | 'lineOf'> {
  /** The JSON Pointer of an entry. */
  at: (index: number) => string;
  isTyped: <S extends TSchema>(
    schema: S,
    value: unknown,
    faults: Problem[],
    index: number,
  ) => value is Static<S>;
}

async function listOf(
  source: SourceDocument & { value: Static<typeof FleetFile> },
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ list: readonly unknown[]; of: Listing }> {
  const { agencies } = source.value;
  if (Array.isArray(agencies)) return { list: agencies, of: listingIn(source, ['agencies']) };
  if ('file' in agencies) {
    const listed = await readDocument(resolve(folder, agencies.file));
    return { list: asList(listed.value, { file: listed.file }), of: listingIn(listed, []) };
  }
  const place = { file: source.file, line: source.lineOf('/agencies') };
  const text = await outputOf(agencies.command, {
    ...{ folder, env, place },
    ...{ timeoutMs: LISTING_MS, most: MOST_LISTED },
  });
  const printed = printedDocument(text, place);
  return {
    list: asList(printed.value, place),
    of: { ...listingIn(printed, []), isTyped: withoutWords(place, printed) },
  };
}

function listingIn(source: SourceDocument, steps: readonly string[]): Listing {
  return {
    file: source.file,
    lineOf: source.lineOf,
    at: (index) => ['', ...steps, index].join('/'),
    isTyped: (schema, value, faults, index) => isTyped(schema, value, faults, source, [...steps, index]),
  };
}

/** What a program has printed; that it cannot be read is said without a word of it. */
function printedDocument(text: string, place: Place): SourceDocument {
  try {
    return documentOf(text, PRINTED);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw wrong(
      place,
      'what the command prints is neither YAML nor JSON',
      'Print a list of agencies, each as the fleet file would have it.',
    );
  }
}

const PRINTED = 'output of the command';

/** As `isTyped`, of what a program printed: a name in it can be anything, so none is repeated. */
function withoutWords(place: Place, { lineOf }: SourceDocument): Listing['isTyped'] {
  return <S extends TSchema>(
    schema: S,
    value: unknown,
    faults: Problem[],
    index: number,
  ): value is Static<S> => {
    const found: Problem[] = [];
    if (isTyped(schema, value, found, { file: PRINTED, lineOf })) return true;
    const line = lineOf(`/${index}`);
    faults.push(
      wrong(
        place,
        `entry ${index + 1} of what the command prints${line === undefined ? '' : `, line ${line},`} does not have the form of an agency`,
        'Write the output to a file, and name that as “agencies: { file }” to see what is wrong.',
      ),
    );
    return false;
  };
}

function asList(value: unknown, place: Place): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw wrong(place, 'there is no list of agencies', 'Begin each agency with “- name:”.');
}

function wrong(place: Place, message: string, remedy: string): Problem {
  return new Problem('CONFORM_E_SETTING_INVALID', message, { place, remedy });
}

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** `90s`, `10m`, `6h` in milliseconds. */
function millisecondsOf(text: string): number {
  const [, count = '', unit = ''] = /^([\d.]+)(ms|s|m|h)$/.exec(text) ?? [];
  const factor = Object.entries(UNITS).find(([one]) => one === unit)?.[1] ?? 0;
  return Number(count) * factor;
}
