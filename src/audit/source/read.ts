import { addReading, countWithout, emptyReading, type Call, type Reading } from '../call.js';
import { addressOf } from '../judge/address.js';
import { isNamedBy, isOpenUrl, nearestOn } from '../judge/judge.js';
import type { Sites } from '../judge/sites.js';
import { callsOfCode, type CodeCall } from './code-calls.js';
import { textsWithin, type Step } from './code.js';
import { parsePython } from './python/parse.js';
import { programOf, type Program, type Unit } from './scopes.js';
import { readShellSource } from './shell-source.js';
import { callsOfSql } from './sql.js';
import { urlsInCode } from './urls.js';
import { Values } from './values.js';

/** One file of a consumer's code. */
export interface SourceFile {
  /** As it is named in findings. */
  file: string;
  text: string;
}

/** Reads TypeScript and JavaScript. */
export type ScriptReader = (file: string, text: string) => Step[];

/** The ends of names of files that are read, and the language of each. */
const LANGUAGES: readonly (readonly [RegExp, 'python' | 'script' | 'sql' | 'shell'])[] = [
  [/\.pyi?$/i, 'python'],
  [/\.(?:[cm]?[jt]s|[jt]sx)$/i, 'script'],
  [/\.sql$/i, 'sql'],
  [/\.(?:sh|bash|zsh|ksh)$/i, 'shell'],
];

/** The language of a file, by its name; undefined for one that is not read. */
export function languageOf(file: string): 'python' | 'script' | 'sql' | 'shell' | undefined {
  return LANGUAGES.find(([pattern]) => pattern.test(file))?.[1];
}

/**
 * The calls that a consumer's code makes of an API. It is read and not run, so what is decided only when it runs is left
 * open, and a request counts as one of this API where its host is one of the API's; where the host is not in the code, if
 * the file names no other; and otherwise if the contract has its path, or one like it.
 * @param script reads the files of TypeScript and JavaScript; not asked for where there is none
 */
export function readSource(
  files: readonly SourceFile[],
  sites: Sites,
  script: ScriptReader | undefined,
): Reading {
  const reading = emptyReading();
  const units: Unit[] = [];
  const addUnit = (file: string, isScript: boolean, parse: () => Unit['steps']): void => {
    const steps = unlessTooDeep(parse);
    if (steps) units.push({ file, steps, script: isScript });
    else reading.notUnderstood.push({ place: { file }, why: 'the file is nested too deep to be read' });
  };
  for (const { file, text } of files) {
    const language = languageOf(file);
    if (language === 'python') addUnit(file, false, () => parsePython(text));
    else if (language === 'script' && script) addUnit(file, true, () => script(file, text));
    else if (language === 'shell') addReading(reading, readShellSource(file, text));
    else if (language === 'sql') {
      const { requests, urls } = callsOfSql(file, text);
      reading.calls.push(...requests, ...urls.filter((call) => isOfThisApi(call, sites)));
    }
  }
  addCode(reading, programOf(units), sites);
  const calls = reading.calls.map((call) => ({ ...call, isOfCode: true })).sort(order);
  return { ...reading, calls };
}

/** What goes down into code that is nested very deep, as code that programs write can be, comes to the end of its stack. */
function unlessTooDeep<Value>(work: () => Value): Value | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function addCode(reading: Reading, program: Program, sites: Sites): void {
  const values = new Values(program);
  const hosts = hostsOf(program);
  for (const found of callsOfCode(program, { values, prefixes: sites.prefixes })) {
    for (const call of chosen(found, sites)) {
      const standing = standingOf(call, found, hosts.get(call.place.file) ?? new Set(), sites);
      if (standing === 'own') reading.calls.push(call);
      else if (standing === 'open')
        reading.notUnderstood.push({ place: call.place, why: 'the URL is put together when the code runs' });
      else countWithout(reading, 'requests of the code that name no host of this API and no path of it');
    }
  }
  reading.calls.push(...urlsInCode(program, values).filter((call) => isOfThisApi(call, sites)));
}

function order(one: Call, other: Call): number {
  return one.place.file < other.place.file
    ? -1
    : one.place.file > other.place.file
      ? 1
      : (one.place.line ?? 0) - (other.place.line ?? 0);
}

/**
 * The calls that a request can come to, by its URLs. Of those that differ only in the base, or in a slash, one that the
 * contract has is enough: which it is, is decided when the code runs.
 */
function chosen({ urls, ...call }: CodeCall, sites: Sites): Call[] {
  const all = urls.map((url) => ({ ...call, url }));
  const known = all.filter((one) => isNamedBy(one, sites));
  const stated = all.filter(
    ({ url }) => !isOpenUrl(url, sites) && !known.some((one) => areAlike(one.url, url)),
  );
  const kept: Call[] = known.slice(0, 1);
  for (const one of stated) if (!kept.some(({ url }) => areAlike(one.url, url))) kept.push(one);
  return kept.length === 0 ? all.slice(0, 1) : kept;
}

function areAlike(one: string, other: string): boolean {
  const [short = '', long = ''] = [pathOf(one), pathOf(other)].sort((a, b) => a.length - b.length);
  return short === '' ? long === '' : long === short || long.endsWith(`/${short}`);
}

/** The path without slashes at its ends. */
function pathOf(url: string): string {
  const address = addressOf(url);
  return 'scheme' in address ? url : address.path.replace(/^\/+|\/+$/g, '');
}

/** Whether a request is one of this API. */
function standingOf(
  call: Call,
  { ownOrigin, unclear }: Pick<CodeCall, 'ownOrigin' | 'unclear'>,
  hosts: ReadonlySet<string>,
  sites: Sites,
): 'own' | 'other' | 'open' {
  const address = addressOf(call.url);
  if ('scheme' in address) return 'other';
  if (address.host !== undefined && address.host !== '') return 'own';
  if (isNamedBy(call, sites)) return 'own';
  if (unclear || isOpenUrl(call.url, sites)) return namesOurs(hosts, sites) ? 'open' : 'other';
  if (ownOrigin && address.host === undefined) return 'other';
  const others = [...hosts].filter((host) => !isOurs(host, sites));
  if (namesOurs(hosts, sites) && others.length === 0) return 'own';
  if (hosts.size > 0 && !namesOurs(hosts, sites)) return 'other';
  // Where the code shows no address at all, it takes more than one word that is like one of the contract's.
  const begins = sites.prefixes.some((prefix) => prefix !== '' && address.path.startsWith(`${prefix}/`));
  return (namesOurs(hosts, sites) || begins) && nearestOn(call.url, sites) ? 'own' : 'other';
}

function namesOurs(hosts: ReadonlySet<string>, sites: Sites): boolean {
  return [...hosts].some((host) => isOurs(host, sites));
}

function isOurs(host: string, sites: Sites): boolean {
  return sites.retired.has(host) || sites.at.some((site) => site.host === host);
}

/** Whether a text that nothing asks with is a URL of this API: on one of its hosts, or a path that it has, or almost. */
function isOfThisApi(call: Call, sites: Sites): boolean {
  const address = addressOf(call.url);
  if ('scheme' in address || isOpenUrl(call.url, sites)) return false;
  if (address.host === '') return false;
  if (address.host !== undefined) {
    const site = sites.at.find(({ host }) => host === address.host);
    const isRetired = sites.retired.has(address.host);
    if (!site && !isRetired) return false;
    // An address alone is a base.
    return !sites.prefixes.some(
      (prefix) => address.path.replace(/\/+$/, '') === (site?.prefix ?? '') + prefix,
    );
  }
  const prefix = sites.prefixes.findLast((one) => one !== '' && address.path.startsWith(`${one}/`));
  return isNamedBy(call, sites) || (prefix !== undefined && nearestOn(call.url, sites));
}

/** The hosts that each file names in its code; where it names none, those of all files. */
function hostsOf({ roots, units }: Program): Map<string, ReadonlySet<string>> {
  const hosts = new Map<string, Set<string>>();
  for (const { code, scope } of roots) {
    const own = hosts.get(scope.unit.file) ?? new Set();
    hosts.set(scope.unit.file, own);
    for (const text of textsWithin(code)) {
      for (const part of text.parts) {
        if (typeof part !== 'string') continue;
        for (const [, host = ''] of part.matchAll(/https?:\/\/([\w.-]+(?::\d+)?)/gi))
          own.add(host.toLowerCase());
      }
    }
  }
  const all = new Set([...hosts.values()].flatMap((own) => [...own]));
  return new Map(
    units.map(({ file }) => {
      const own = hosts.get(file);
      return [file, own && own.size > 0 ? own : all];
    }),
  );
}
