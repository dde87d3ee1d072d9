import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { at, isObject, parseJson, pointerSteps, setMember, type Json, type JsonObject } from '../../json.js';
import { PACKAGE_ROOT } from '../../package.js';
import type { Random } from '../egress/random.js';
import { WITH_OAUTH } from '../small-contracts.js';
import { OUT, SPEC, type Bench } from './bench.js';
import { boats } from './boats.js';
import { aliased, drawForm, treeOfYaml, written } from './form.js';
import { ODD_ADDRESSES } from './odd.js';
import { broken, withValue } from './structure.js';

const OWN = [
  ...['spec/swagger.yaml', 'examples/boats/openapi.yaml'],
  ...['mutations/fixtures/every-keyword-3.0.yaml', 'mutations/fixtures/every-keyword-3.1.yaml'],
];
/** What scripts/fetch-published.sh fetches, where it has. */
const PUBLISHED = '.published/node_modules/@octokit/openapi/generated/api.github.com.json';

/** Real contracts, cut to a few of their paths and broken. */
export async function openContracts(): Promise<Bench> {
  const texts = OWN.map((name) => readFile(join(PACKAGE_ROOT, name), 'utf8'));
  const contracts = (await Promise.all(texts)).map(treeOfYaml);
  contracts.push(parseJson(JSON.stringify(WITH_OAUTH)) ?? null);
  const published = join(PACKAGE_ROOT, PUBLISHED);
  if (existsSync(published)) contracts.push(parseJson(await readFile(published, 'utf8')) ?? null);
  const files = await boats();
  for (const name of [...files.keys()]) if (!/\/(targets|signatures)\.yaml$/.test(name)) files.delete(name);
  return {
    files,
    draw: (random) => {
      const whole = cut(random.pick(contracts), random);
      const { tree, by } = broken(whole, random);
      const isYaml = random.next() < 0.5;
      const elsewhere = random.next() < 0.1;
      const moved = elsewhere ? withValue(tree, ['servers'], [{ url: random.pick(ODD_ADDRESSES) }]) : tree;
      const withAlias = isYaml && random.next() < 0.15;
      return {
        tree: withAlias ? aliased(moved, random) : moved,
        form: drawForm(random, isYaml),
        by: [...by, ...(elsewhere ? ['other servers'] : []), ...(withAlias ? ['aliases'] : [])],
        file: join(SPEC, isYaml ? 'openapi.yaml' : 'openapi.json'),
        commands: [
          ['check', '--contract', '--format', 'sarif'],
          ['check', '--target', 'mock', '--plan'],
          ['generate', '--into', join(OUT, 'generated')],
          ...(random.next() < 0.06 ? [['check', '--target', 'mock', '--no-checks', 'all']] : []),
        ],
      };
    },
    bytes: written,
  };
}

/** One to three of the paths of a contract, with what they refer to. */
export function cut(contract: Json, random: Random): Json {
  if (!isObject(contract)) return contract;
  const paths = contract['paths'];
  const names = isObject(paths) ? Object.keys(paths) : [];
  if (!isObject(paths) || names.length === 0) return contract;
  const kept: JsonObject = {};
  for (let count = 1 + Math.floor(random.next() * 3); count > 0; count--) {
    const name = random.pick(names);
    setMember(kept, name, paths[name] ?? {});
  }
  const small: JsonObject = {};
  for (const [name, value] of Object.entries(contract))
    if (!/^(?:paths|components|definitions|tags|webhooks|x-.*)$/.test(name)) setMember(small, name, value);
  small['paths'] = kept;
  bringIn(contract, small, [kept, at(contract, '/components/securitySchemes') ?? null]);
  const schemes = at(contract, '/components/securitySchemes');
  return schemes === undefined ? small : withMember(small, ['components', 'securitySchemes'], schemes);
}

/** So many schemas are brought in; what they refer to beyond is missing, as it may be. */
const MOST_BROUGHT_IN = 40;

function bringIn(contract: Json, small: JsonObject, from: readonly Json[]): void {
  const done = new Set<string>();
  const waiting = [...from];
  for (
    let next = waiting.shift();
    next !== undefined && done.size < MOST_BROUGHT_IN;
    next = waiting.shift()
  ) {
    for (const to of referencesIn(next)) {
      const value = at(contract, to);
      if (done.has(to) || value === undefined) continue;
      done.add(to);
      withMember(small, pointerSteps(to), value);
      waiting.push(value);
    }
  }
}

function referencesIn(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isObject(value)) return [];
  const own = value['$ref'];
  return [
    ...(typeof own === 'string' && own.startsWith('#/') ? [own] : []),
    ...Object.values(value).flatMap(referencesIn),
  ];
}

function withMember(holder: JsonObject, [step, ...rest]: readonly string[], value: Json): JsonObject {
  if (step === undefined) return holder;
  const inner = Object.hasOwn(holder, step) ? holder[step] : undefined;
  setMember(holder, step, rest.length === 0 ? value : withMember(isObject(inner) ? inner : {}, rest, value));
  return holder;
}
