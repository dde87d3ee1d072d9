import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readTypedDocument } from '../../document/read.js';
import { pointer } from '../../json.js';
import { Problem } from '../../problem.js';
import { ExpectedFile, expectedFileOf } from '../../run/expected.js';
import { errorOf, type Found } from '../line.js';
import type { Parts } from './index.js';

/** Expectations for operations that the contract does not have, or for targets that are none. */
export async function misnamedInExpected({ dir, contract, hosts, expected }: Parts): Promise<Found[]> {
  if (!contract || !hosts || !expected) return [];
  const known = new Set(contract.operations.map(({ id }) => id));
  const files = (await readdir(join(dir, 'expected')).catch(() => [])).filter((name) =>
    name.endsWith('.yaml'),
  );
  const found = await Promise.all(
    files.map(async (name) => {
      const target = name.slice(0, -'.yaml'.length);
      const { value, file, lineOf } = await readTypedDocument(expectedFileOf(dir, target), ExpectedFile);
      const isTarget = hosts.targets.some((one) => one.name === target);
      return [
        ...(isTarget
          ? []
          : [
              new Problem(`there is no target “${target}”`, {
                place: { file },
                remedy: `Targets are: ${hosts.targets.map((one) => one.name).join(', ')}.`,
              }),
            ]),
        ...Object.keys(value.operations)
          .filter((id) => !known.has(id))
          .map(
            (id) =>
              new Problem(`the contract has no operation “${id}”`, {
                place: { file, line: lineOf(pointer('operations', id)) },
                remedy: 'Take it out, or write method and path template as the contract does.',
              }),
          ),
      ];
    }),
  );
  return found.flat().map((problem) => errorOf(problem));
}
