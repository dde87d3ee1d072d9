import { Type } from '@sinclair/typebox';
import { Problem, readTyped } from 'wellsky-conform/kit';
import type { Person } from '../caller.js';
import { normalisePhone } from '../phone.js';

const closed = { additionalProperties: false };

const StaffFile = Type.Object(
  {
    staff: Type.Array(
      Type.Object(
        {
          name: Type.String({ minLength: 1 }),
          phone: Type.Union([Type.String(), Type.Array(Type.String())]),
          role: Type.Optional(Type.String()),
          /** Default: the name. */
          id: Type.Optional(Type.String({ minLength: 1 })),
          active: Type.Optional(Type.Boolean()),
        },
        closed,
      ),
    ),
  },
  closed,
);

/**
 * The office's own people, whom the API does not know, from a YAML or JSON file.
 * @throws Problem with file and line; also for a number that is none, for a person may correct it
 */
export async function readStaff(file: string): Promise<Person[]> {
  const { staff } = await readTyped(file, StaffFile);
  return staff.map(({ name, phone, role, id, active }) => ({
    kind: 'staff',
    id: id ?? name,
    name,
    status: role ?? null,
    city: null,
    active: active ?? true,
    numbers: [phone].flat().map((text) => {
      const number = normalisePhone(text);
      if (number) return number.digits;
      throw new Problem('CONFORM_E_SETTING_INVALID', `the phone of “${name}” is not a phone number`, {
        place: { file },
        remedy: 'Write it in quotes, with ten digits or with a plus sign and country code.',
      });
    }),
  }));
}
