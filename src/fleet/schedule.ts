import { Type, type Static } from '@sinclair/typebox';

/** The days of a week as the fleet file names them, in the order of `Date.getUTCDay`. */
export const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

const WEEKEND: readonly string[] = ['sat', 'sun'];

/** In which nights an agency is asked. */
export const Schedule = Type.Union([
  Type.Literal('daily'),
  Type.Literal('weekdays'),
  Type.Object(
    {
      days: Type.Array(Type.Union(DAYS.map((day) => Type.Literal(day))), { minItems: 1, uniqueItems: true }),
    },
    { additionalProperties: false },
  ),
]);
export type Schedule = Static<typeof Schedule>;

/**
 * Whether an agency is asked in a night.
 * @param night its date, `YYYY-MM-DD`
 */
export function isDue(schedule: Schedule, night: string): boolean {
  const day = DAYS[new Date(`${night}T00:00:00Z`).getUTCDay()];
  if (day === undefined) return false;
  if (schedule === 'daily') return true;
  return schedule === 'weekdays' ? !WEEKEND.includes(day) : schedule.days.includes(day);
}
