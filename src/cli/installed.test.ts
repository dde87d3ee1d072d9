import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isInstalled, PACKAGE_ROOT, pinnedVersion } from '../package.js';
import { problemOf, type Problem } from '../problem.js';
import { demandPart } from './installed.js';

const nothing = () => false;

test('a part that is not installed is named with the command that adds it, in the versions that were tested', async () => {
  const manifest = JSON.parse(await readFile(join(PACKAGE_ROOT, 'package.json'), 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  const { typescript, 'openapi-typescript': generator } = manifest.devDependencies;
  const error = missingPart(() => {
    demandPart('types', 'conform generate', nothing);
  });
  expect(error.exitCode).toBe(2);
  expect(error.message).toContain('conform generate needs openapi-typescript and typescript');
  expect(error.remedy).toContain(`npm install openapi-typescript@${generator} typescript@${typescript}`);
});

test('only what is missing is named', () => {
  const { message, remedy } = missingPart(() => {
    demandPart('types', 'conform generate', (name) => name === 'typescript');
  });
  expect(`${message} ${remedy ?? ''}`).not.toContain(' typescript');
});

test('a part that is there is no problem', () => {
  expect(
    problemOf(() => {
      demandPart('suites', 'conform suites');
    }),
  ).toBeUndefined();
});

test('a package is looked for where Node looks for it', () => {
  expect(isInstalled('vitest')).toBe(true);
  expect(isInstalled('no-package-of-this-name')).toBe(false);
  expect(() => pinnedVersion('no-package-of-this-name')).toThrow('pins no version');
});

function missingPart(work: () => void): Problem {
  const problem = problemOf(work);
  if (!problem) throw new Error('nothing was missing');
  return problem;
}
