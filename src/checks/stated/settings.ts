import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Type, type Static } from '@sinclair/typebox';
import { literals } from '../../document/literals.js';
import { readTypedDocument } from '../../document/read.js';
import { pointer } from '../../json.js';
import { nearest } from '../../nearest.js';
import { Problem, throwAll } from '../../problem.js';
import type { Named } from '../../targets/named.js';
import { TARGET_NAME } from '../../targets/targets.js';
import type { Promised } from '../check.js';
import { allPromises } from '../own.js';
import { checksNamed, type Choice } from '../select.js';

const closed = { additionalProperties: false };

/** A finding that is known and accepted for now. It dies with its date. */
const Waiver = Type.Object(
  {
    check: Type.String(),
    /** The operation that it holds for. Default: each. */
    operation: Type.Optional(Type.String()),
    /** The code of the finding. Default: each of the check. */
    code: Type.Optional(Type.String()),
    reason: Type.String({ minLength: 1 }),
    until: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
    ticket: Type.Optional(Type.String()),
  },
  closed,
);
export type Waiver = Static<typeof Waiver>;

const Entry = Type.Object(
  {
    /** `all`, families (`list/*`) and checks (`list/page-size`): these and no others. */
    on: Type.Optional(Type.Array(Type.String())),
    off: Type.Optional(Type.Array(Type.String())),
    /** By check. `error` counts towards the outcome, whoever makes the promise. */
    severity: Type.Optional(Type.Record(Type.String(), literals(['error', 'warning', 'off']))),
    budget: Type.Optional(
      Type.Object(
        {
          /** Requests that checks may send of one operation. */
          perOperation: Type.Optional(Type.Integer({ minimum: 1 })),
          /** Requests that checks of reads may send in a run. */
          perRun: Type.Optional(Type.Integer({ minimum: 0 })),
          /** Records that the answers to checks may hold, over the whole run. */
          records: Type.Optional(Type.Integer({ minimum: 0 })),
        },
        closed,
      ),
    ),
    latency: Type.Optional(
      Type.Object(
        {
          /** How long each read may take, in milliseconds. */
          most: Type.Optional(Type.Integer({ minimum: 1 })),
          /** The same of single operations. */
          operations: Type.Optional(Type.Record(Type.String(), Type.Integer({ minimum: 1 }))),
        },
        closed,
      ),
    ),
    waivers: Type.Optional(Type.Array(Waiver)),
  },
  closed,
);
type Entry = Static<typeof Entry>;

/** `checks.yaml` of a spec folder. */
export const ChecksFile = Type.Object(
  {
    /** What holds for every target, as far as the target says nothing else. */
    all: Type.Optional(Entry),
    targets: Type.Optional(Type.Record(Type.String({ pattern: TARGET_NAME }), Entry)),
  },
  closed,
);

/** What a spec folder says of the checks of one target. */
export interface CheckSettings {
  /** Which are on: each has the last word over those before. */
  choices: readonly Choice[];
  /** What somebody has said of the severity of a check. */
  severityOf: (check: string) => 'error' | 'warning' | undefined;
  budget: Readonly<NonNullable<Entry['budget']>>;
  /** How long a read may take, in milliseconds; undefined where nobody has said. */
  latencyLimitOf: (operation: string) => number | undefined;
  waivers: readonly Waiver[];
}

/** What holds where nobody has said anything. */
export const NO_SETTINGS: CheckSettings = {
  choices: [],
  severityOf: () => undefined,
  budget: {},
  latencyLimitOf: () => undefined,
  waivers: [],
};

/** What a spec folder says of checks. */
export interface StatedChecks {
  /** What holds where a target says nothing. */
  all: CheckSettings;
  of: (target: string) => CheckSettings;
  /** The targets that have checks of their own. */
  targets: readonly string[];
  named: readonly Named[];
}

/**
 * Reads `checks.yaml` of a spec folder, which need not be there.
 * @throws Problem with file and line
 */
export async function readChecks(specDir: string): Promise<StatedChecks> {
  const file = join(specDir, 'checks.yaml');
  if (!existsSync(file)) return { all: NO_SETTINGS, of: () => NO_SETTINGS, targets: [], named: [] };
  const { value, lineOf } = await readTypedDocument(file, ChecksFile);
  const { all, targets = {} } = value;
  const placeOf = (steps: Steps) => ({ file, line: lineOf(pointer(...steps)) });
  const entries: { entry: Entry; steps: Steps }[] = [
    ...(all ? [{ entry: all, steps: ['all'] }] : []),
    ...Object.entries(targets).map(([name, entry]) => ({ entry, steps: ['targets', name] })),
  ];
  throwAll(
    entries.flatMap(({ entry, steps }) =>
      faultsOf(entry).map(
        ({ problem, at }) =>
          new Problem(problem.code, problem.message, {
            place: placeOf([...steps, ...at]),
            ...(problem.remedy === undefined ? {} : { remedy: problem.remedy }),
          }),
      ),
    ),
  );
  return {
    all: settingsOf(all, undefined),
    of: (target) => settingsOf(all, Object.hasOwn(targets, target) ? targets[target] : undefined),
    targets: Object.keys(targets),
    named: [
      ...Object.keys(targets).map((name): Named => ({
        kind: 'target',
        name,
        bears: 'requests',
        place: placeOf(['targets', name]),
      })),
      ...entries.flatMap(({ entry, steps }) =>
        operationsIn(entry).map(({ name, at }): Named => ({
          kind: 'operation',
          name,
          bears: 'requests',
          place: placeOf([...steps, ...at]),
        })),
      ),
    ],
  };
}

/** The operations that an entry names, and where. */
function operationsIn({ waivers = [], latency }: Entry): { name: string; at: Steps }[] {
  return [
    ...waivers.flatMap(({ operation }, index) =>
      operation === undefined ? [] : [{ name: operation, at: ['waivers', index, 'operation'] }],
    ),
    ...Object.keys(latency?.operations ?? {}).map((name) => ({ name, at: ['latency', 'operations', name] })),
  ];
}

type Steps = readonly (string | number)[];

/** What a target says is before what is said for all of them; the waivers of both hold. */
function settingsOf(all: Entry | undefined, own: Entry | undefined): CheckSettings {
  const entries = [all, own].filter((entry) => entry !== undefined);
  const severities = new Map(entries.flatMap(({ severity = {} }) => Object.entries(severity)));
  const limits = new Map(entries.flatMap(({ latency }) => Object.entries(latency?.operations ?? {})));
  return {
    choices: entries.map(({ on, off = [], severity = {} }) => ({
      on,
      off: [...off, ...Object.keys(severity).filter((id) => severity[id] === 'off')],
    })),
    severityOf: (check) => {
      const stated = severities.get(check);
      return stated === 'off' ? undefined : stated;
    },
    budget: { ...all?.budget, ...own?.budget },
    latencyLimitOf: (operation) => limits.get(operation) ?? own?.latency?.most ?? all?.latency?.most,
    waivers: entries.flatMap(({ waivers = [] }) => waivers),
  };
}

/** The names in an entry that are those of no check, and codes that no finding of the check has. */
function faultsOf({ on = [], off = [], severity = {}, waivers = [] }: Entry): Fault[] {
  return [
    ...on.flatMap((text, index) => faultOf(() => checksNamed(text), ['on', index])),
    ...off.flatMap((text, index) => faultOf(() => checksNamed(text), ['off', index])),
    ...Object.keys(severity).flatMap((id) => faultOf(() => checkCalled(id), ['severity', id])),
    ...waivers.flatMap(({ check, code, until }, index) => [
      ...faultOf(() => checkCalled(check), ['waivers', index, 'check']),
      ...faultOf(() => {
        checkCode(check, code);
      }, ['waivers', index, 'code']),
      ...faultOf(() => {
        checkDay(until);
      }, ['waivers', index, 'until']),
    ]),
  ];
}

interface Fault {
  problem: Problem;
  at: Steps;
}

function faultOf(look: () => unknown, at: Steps): Fault[] {
  try {
    look();
    return [];
  } catch (error) {
    if (error instanceof Problem) return [{ problem: error, at }];
    throw error;
  }
}

/** @throws Problem where there is no such check */
function checkCalled(id: string): Promised {
  const found = allPromises().find((one) => one.id === id);
  if (found) return found;
  const ids = allPromises().map((one) => one.id);
  throw new Problem('CONFORM_E_CHECK_UNKNOWN', `there is no check “${id}”`, {
    remedy: `The nearest name is “${nearest(id, ids) ?? ''}”. conform checks lists them.`,
  });
}

/** @throws Problem where no finding of a check has this code; what is no check is said elsewhere */
function checkCode(id: string, code: string | undefined): void {
  const found = allPromises().find((one) => one.id === id);
  if (!found || code === undefined) return;
  const codes = Object.keys(found.messages);
  if (codes.includes(code)) return;
  throw new Problem('CONFORM_E_SETTING_INVALID', `no finding of ${id} has the code “${code}”`, {
    remedy: `Its codes are: ${codes.join(', ')}.`,
  });
}

/** @throws Problem for a day that the calendar does not have */
function checkDay(date: string): void {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  if (day >= 1 && day <= (days[month - 1] ?? 0)) return;
  throw new Problem('CONFORM_E_SETTING_INVALID', `there is no day “${date}”`, {
    remedy: 'Write it like 2026-12-31.',
  });
}
