import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Type, type Static } from '@sinclair/typebox';
import { readTypedDocument } from '../document/read.js';
import { pointer } from '../json.js';
import { isPrivateWay } from '../notify/post.js';
import { nameOf, NotifierEntry } from '../notify/settings.js';
import { Problem, throwAll } from '../problem.js';
import type { Named } from '../targets/named.js';
import { isTimeZone } from './calendar.js';

const closed = { additionalProperties: false };
const names = Type.Array(Type.String(), { minItems: 1, uniqueItems: true });

/** `nightly.yaml` of a spec folder. */
export const NightlyFile = Type.Object(
  {
    /** The targets whose changes make a night red; without, every target that is a live host. */
    targets: Type.Optional(names),
    /** Targets that are asked as well and make no night red. */
    informational: Type.Optional(names),
    /** The consumers whose gate is judged; without, all. */
    consumers: Type.Optional(Type.Array(Type.String(), { uniqueItems: true })),
    /** Whether a gate that is shut makes the night red. */
    requireGate: Type.Optional(Type.Boolean()),
    /** By which days are counted, such as America/Denver; without, that of the process. */
    timeZone: Type.Optional(Type.String()),
    /** The nights that a run is compared with. */
    compare: Type.Optional(
      Type.Object(
        {
          /** At most so many runs before this one. */
          nights: Type.Optional(Type.Integer({ minimum: 2, maximum: 400 })),
          /** None before this day: what changed before it is how things are. */
          since: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
        },
        closed,
      ),
    ),
    notify: Type.Optional(Type.Array(NotifierEntry)),
  },
  closed,
);
export type NightlyFile = Static<typeof NightlyFile>;

/** The same, as it was read. */
export type NightlySettings = NightlyFile & { named: readonly Named[] };

/** So many runs before this one are compared with it, where nothing is said. */
export const NIGHTS_COMPARED = 30;

/**
 * Reads `nightly.yaml` of a spec folder: how `conform nightly` works and whom it notifies.
 * @returns empty settings where there is no such file
 * @throws Problem with file and line
 */
export async function readNightly(specDir: string): Promise<NightlySettings> {
  const file = join(specDir, 'nightly.yaml');
  if (!existsSync(file)) return { named: [] };
  const { value, lineOf } = await readTypedDocument(file, NightlyFile);
  const wrong = (at: string, what: string, remedy: string) =>
    new Problem('CONFORM_E_SETTING_INVALID', what, { place: { file, line: lineOf(at) }, remedy });
  const { notify = [], timeZone } = value;
  throwAll([
    ...(timeZone !== undefined && !isTimeZone(timeZone)
      ? [wrong('/timeZone', `there is no time zone “${timeZone}”`, 'Write it like America/Denver.')]
      : []),
    ...(value.informational ?? [])
      .filter((name) => value.targets?.includes(name))
      .map((name) =>
        wrong(
          '/informational',
          `“${name}” is one of the targets as well`,
          'Remove it from one of the lists.',
        ),
      ),
    ...notify.flatMap((entry, index) => {
      const at = pointer('notify', index);
      const twice = notify.findIndex((other) => nameOf(other) === nameOf(entry)) !== index;
      const name = nameOf(entry);
      return [
        ...(twice ? [wrong(at, `two notifiers are called “${name}”`, 'Give one of them a name.')] : []),
        ...('http' in entry ? faultsOfHttp(entry.http, (what, how) => wrong(at, what, how)) : []),
        ...('issue' in entry && entry.issue.api !== undefined && !isPrivateWay(entry.issue.api)
          ? [
              wrong(
                at,
                'the address of the code host is not https',
                'Write it with https://, because a token is sent there.',
              ),
            ]
          : []),
      ];
    }),
  ]);
  const namedAs = (member: 'targets' | 'informational' | 'consumers', kind: Named['kind']): Named[] =>
    (value[member] ?? []).map((name, index) => ({
      ...{ kind, name, bears: 'nights' },
      place: { file, line: lineOf(pointer(member, index)) },
    }));
  return {
    ...value,
    named: [
      ...namedAs('targets', 'target'),
      ...namedAs('informational', 'target'),
      ...namedAs('consumers', 'consumer'),
    ],
  };
}

function faultsOfHttp(
  { url, urlFrom }: { url?: string; urlFrom?: string },
  wrong: (what: string, remedy: string) => Problem,
): Problem[] {
  if ((url === undefined) === (urlFrom === undefined))
    return [wrong('the notification needs exactly one address', 'Give either “url” or “urlFrom”.')];
  if (url === undefined || isPrivateWay(url)) return [];
  return [
    wrong(
      'the address of the notification is not https',
      'Write it with https://. Plain http is allowed for this machine only.',
    ),
  ];
}
