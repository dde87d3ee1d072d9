import { isAbsolute, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ArtifactLocation, Invocation, Location, Log, MultiformatMessageString } from 'sarif';
import { VERSION } from '../package.js';

/** One result before it is written: what, how bad, and where in the contract. */
export interface Result {
  rule: string;
  about: string;
  level: 'error' | 'warning' | 'note';
  message: string;
  file: string | undefined;
  line: number | undefined;
  column?: number | undefined;
  /** JSON Pointer of what is meant in that file. */
  pointer?: string | undefined;
  /** Where it is laid down. */
  help?: string | undefined;
  /** Who says so, where that is more than an address. */
  helpText?: string | undefined;
  /** What makes it the same result in the next run. */
  identity: string;
  /** Why it is accepted for now. */
  accepted?: string | undefined;
}

/**
 * Results as one run of a tool, in SARIF 2.1.0 (OASIS).
 * @param silent targets of which nothing could be judged: then the tool did not succeed, whatever is in the results
 */
export function sarifText(results: readonly Result[], silent: readonly string[] = []): string {
  const rules = new Map(results.map((result) => [result.rule, result]));
  const ids = [...rules.keys()].sort();
  const document: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'conform',
            semanticVersion: VERSION,
            rules: ids.map((id) => ({
              id,
              shortDescription: { text: plainText(rules.get(id)?.about ?? id) },
              helpUri: rules.get(id)?.help,
              help: helpOf(rules.get(id)),
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        ...(silent.length === 0 ? {} : { invocations: [failedOn(silent)] }),
        results: results.map((result) => ({
          ruleId: result.rule,
          ruleIndex: ids.indexOf(result.rule),
          level: result.level,
          message: { text: plainText(result.message) },
          locations: locationsOf(result),
          partialFingerprints: { 'conform/v1': result.identity },
          ...(result.accepted === undefined
            ? {}
            : { suppressions: [{ kind: 'external', justification: result.accepted }] }),
        })),
      },
    ],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function failedOn(targets: readonly string[]): Invocation {
  return {
    executionSuccessful: false,
    toolExecutionNotifications: targets.map((target) => ({
      level: 'error',
      message: { text: plainText(`Nothing could be judged on ${target}.`) },
    })),
  };
}

function helpOf(result: Result | undefined): MultiformatMessageString | undefined {
  return result?.helpText === undefined ? undefined : { text: plainText(result.helpText) };
}

function locationsOf({ file, line, column, pointer }: Result): Location[] {
  if (file === undefined) return [];
  return [
    {
      physicalLocation: {
        artifactLocation: artifact(file),
        ...(line === undefined ? {} : { region: { startLine: line, startColumn: column } }),
      },
      ...(pointer === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: `#${pointer}` }] }),
    },
  ];
}

/** Brackets make links in messages of plain text as well (section 3.11.6). */
function plainText(text: string): string {
  return text.replace(/[\\[\]]/g, (mark) => `\\${mark}`);
}

/** A text as a part of a URI; halves of characters have no encoding. */
function encoded(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString());
}

/** Files below the current folder are named from there: code hosts run this in the root of the repository. */
function artifact(file: string): ArtifactLocation {
  const path = isAbsolute(file) ? relative(process.cwd(), file) : file;
  if (path.startsWith('..') || isAbsolute(path)) return { uri: pathToFileURL(file).href };
  return {
    uri: path.split(sep).map(encoded).join('/'),
    uriBaseId: '%SRCROOT%',
  };
}
