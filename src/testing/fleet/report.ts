import { Type, type Static } from '@sinclair/typebox';
import { validatorOf } from '../../document/shapes.js';
import type { Fault } from './host.js';
import type { TestAgency } from './world.js';

/** What each seeded fault is called in a report. */
const CAUSES: Record<Fault, string> = {
  denied: 'permission-denied',
  crashes: 'crashed',
  'wrong-type': 'contract-answer/body-schema',
};

const Names = Type.Array(Type.String());

/** What is looked at of a report. */
const Report = Type.Object({
  night: Type.String(),
  causes: Type.Array(
    Type.Object({
      ...{ id: Type.String(), cause: Type.String(), side: Type.String() },
      ...{ operations: Names, agencies: Names, tickets: Names, sinceFirst: Type.Integer() },
    }),
  ),
  causesLeftOut: Type.Integer(),
  changes: Type.Array(
    Type.Object({
      ...{ kind: Type.String(), cause: Type.String(), since: Type.String() },
      ...{ operations: Names, agencies: Names },
    }),
  ),
});

/** What a report names: each cause at one operation, with the agencies that have it. */
type Named = ReadonlyMap<string, readonly string[]>;

/**
 * What is wrong in the report of the night of a test fleet, as sentences; none where it names each seeded fault as one cause,
 * at exactly the agencies that have it, and nothing else.
 * @param isNew whether a night without faults was recorded before: then each of them is new in this night, and otherwise none
 */
export function wrongInReport(
  agencies: readonly TestAgency[],
  { json, text }: { json: string; text: string },
  isNew: boolean,
): string[] {
  const report: unknown = JSON.parse(json);
  return isReport(report) ? wrongIn(agencies, report, text, isNew) : ['it is no report'];
}

const isReport = validatorOf(Report);

function wrongIn(
  agencies: readonly TestAgency[],
  report: Static<typeof Report>,
  text: string,
  isNew: boolean,
): string[] {
  const seeded = seededIn(agencies);
  const red = agencies.filter(({ faults }) => faults.size > 0).length;
  const news = report.changes.filter(({ kind, since }) => kind === 'new' && since === report.night);
  const head = `${agencies.length} of ${agencies.length} agencies recorded: ${red} red, ${agencies.length - red} green.`;
  const line = `new at ${[...seeded.values()].reduce((most, { length }) => Math.max(most, length), 0)} of ${agencies.length} agencies since`;
  return [
    ...differences('causes', seeded, namedIn(report.causes)),
    ...differences('news', isNew ? seeded : new Map(), namedIn(news)),
    ...(report.changes.length === news.length ? [] : ['something else has changed']),
    ...(report.causesLeftOut === 0 ? [] : ['causes are left out']),
    ...report.causes.flatMap(({ id, side, tickets, sinceFirst, agencies: those }) => [
      ...(side === 'vendor' && tickets.length === 2 ? [] : [`${id}: ${side}, ${tickets.length} tickets`]),
      ...(sinceFirst === (isNew ? 0 : those.length) ? [] : [`${id}: from the first night at ${sinceFirst}`]),
    ]),
    ...(text.includes(head) ? [] : [`the text does not say “${head}”`]),
    ...(text.includes('New tonight: ') === isNew ? [] : ['the text is wrong about what is new']),
    ...(text.includes(line) === isNew ? [] : [`the text is wrong about “${line}”`]),
  ];
}

function seededIn(agencies: readonly TestAgency[]): Named {
  const named = new Map<string, string[]>();
  for (const { name, faults } of agencies)
    for (const [route, fault] of faults) {
      const cause = `${CAUSES[fault]} at GET /v1/things-${route}/`;
      named.set(cause, [...(named.get(cause) ?? []), name]);
    }
  return named;
}

function namedIn(
  causes: readonly { cause: string; operations: readonly string[]; agencies: readonly string[] }[],
): Named {
  return new Map(
    causes.map(({ cause, operations, agencies }) => [`${cause} at ${operations.join()}`, agencies]),
  );
}

function differences(what: string, wanted: Named, found: Named): string[] {
  return [...new Set([...wanted.keys(), ...found.keys()])].flatMap((cause) => {
    const [should, does] = [wanted, found].map((named) => [...(named.get(cause) ?? [])].sort().join());
    return should === does ? [] : [`${what}: ${cause} at “${does ?? ''}” instead of “${should ?? ''}”`];
  });
}
