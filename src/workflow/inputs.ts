import type { Chance } from '../chance.js';
import type { Json } from '../json.js';
import type { Computed } from './shape.js';

/** What inputs are computed from when a flow starts. */
export interface Beginning {
  /** The moment that dates are counted from. */
  startedAt: Date;
  environment: Readonly<Record<string, string | undefined>>;
  chance: Chance;
  /** Makes an id that nothing has. */
  absent: () => string | undefined;
}

/** An input of a flow: where its value comes from, unless whoever calls the flow gives it. */
export interface Input {
  computed: Computed | undefined;
  /** The value that it has otherwise. */
  usual: Json | undefined;
}

/** The value of an input at the start of a flow; undefined where it has none. */
export function startingValue({ computed, usual }: Input, beginning: Beginning): Json | undefined {
  if (computed === undefined) return usual;
  if ('env' in computed) {
    const value = beginning.environment[computed.env];
    return value === undefined || value === '' ? usual : value;
  }
  if ('unique' in computed) return computed.unique.replaceAll('{}', () => beginning.chance(4));
  if ('absent' in computed) return beginning.absent();
  const { days = 0, minutes = 0, as } = computed;
  return written(new Date(beginning.startedAt.getTime() + (days * 24 * 60 + minutes) * 60_000), as);
}

/** A moment in UTC, in a form like `YYYYMMDD` or `YYYY-MM-DDThh:mm:ssZ`. */
function written(moment: Date, form: string): string {
  const [year = '', month = '', day = '', hour = '', minute = '', second = ''] = moment
    .toISOString()
    .split(/[-T:.Z]/);
  const parts: Record<string, string> = {
    ...{ YYYY: year, MM: month, DD: day },
    ...{ hh: hour, mm: minute, ss: second },
  };
  return form.replace(/YYYY|MM|DD|hh|mm|ss/g, (part) => parts[part] ?? part);
}
