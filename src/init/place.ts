import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../problem.js';
import { CONTRACT_NAMES, ENTRIES, findContract } from '../spec/find.js';

/**
 * The contract that a spec folder is to be made from.
 * @param named what the command line names, in whichever way
 * @throws Problem where it names none, two, or one that would have to be downloaded
 */
export function contractFile(named: readonly string[], specDir: string): string {
  const [file, other] = [...new Set(named)];
  if (other !== undefined)
    throw new Problem('CONFORM_E_OPTION_CONFLICT', 'the argument and --spec name two contracts', {
      remedy: 'Name one of them.',
    });
  if (file !== undefined && /^(?:https?|ftp):\/\//i.test(file)) {
    throw new Problem('CONFORM_E_VALUE_INVALID', 'this is a URL, and conform init does not download', {
      remedy: 'Download it first: curl -fL -o openapi.yaml URL, then: conform init openapi.yaml.',
    });
  }
  if (file !== undefined) return file;
  if (existsSync(specDir) && statSync(specDir).isDirectory() && hasContract(specDir))
    return findContract({ own: specDir, below: [] });
  throw new Problem('CONFORM_E_ARGUMENT_MISSING', 'no contract is named', {
    remedy: 'Name the vendor’s OpenAPI or Swagger file: conform init openapi.yaml.',
  });
}

function hasContract(folder: string): boolean {
  return CONTRACT_NAMES.some((name) => existsSync(join(folder, name)));
}

/** Whether a file is the contract of a folder already, under a name that is read there. */
export function isInPlace(file: string, specDir: string): boolean {
  return CONTRACT_NAMES.some((name) => isSameFile(join(specDir, name), file));
}

function isSameFile(one: string, other: string): boolean {
  return existsSync(one) && existsSync(other) && realpathSync(one) === realpathSync(other);
}

/**
 * Sees to it that nothing is in the way of a new spec folder.
 * @param contract the file that it is made from, which may be there already
 * @throws Problem that lists what is there
 */
export function refuseExisting(specDir: string, contract: string): void {
  if (!existsSync(specDir)) return;
  if (!statSync(specDir).isDirectory()) {
    throw new Problem('CONFORM_E_SPEC_FOLDER_EXISTS', 'a file has the name of the folder', {
      place: { file: specDir },
      remedy: 'Name another folder with --spec-dir.',
    });
  }
  const known: readonly string[] = [...ENTRIES, ...CONTRACT_NAMES];
  const there = readdirSync(specDir)
    .filter((name) => known.includes(name) && !isSameFile(join(specDir, name), contract))
    .sort();
  if (there.length === 0) return;
  throw new Problem(
    'CONFORM_E_SPEC_FOLDER_EXISTS',
    `this is a spec folder already, and nothing in it is overwritten. It has ${there.join(', ')}`,
    {
      place: { file: specDir },
      remedy:
        'Name another folder with --spec-dir, or move these files away first. To use it as it is: conform doctor --offline.',
    },
  );
}
