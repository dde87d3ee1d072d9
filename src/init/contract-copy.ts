import { extname } from 'node:path';
import type { ContractSource } from '../contract/source.js';
import { parseYamlText } from '../contract/parse.js';
import { objectsIn } from '../contract/self-contained.js';
import { isObject } from '../json.js';

/** A file of a spec folder that is to be written. */
export interface NewFile {
  name: string;
  text: string;
}

/**
 * The contract under a name that is read in a spec folder. One that is in a single file is copied letter by letter; of
 * one that names other files, these are brought in, for they would not be found from there.
 * @param text of the file that was named
 */
export function copyOf({ file, document }: ContractSource, text: string): NewFile & { isJoined: boolean } {
  const stem = document['swagger'] === undefined ? 'openapi' : 'swagger';
  if (namesOtherFiles(text))
    return { name: `${stem}.json`, text: `${JSON.stringify(document, null, 2)}\n`, isJoined: true };
  const isJson = extname(file).toLowerCase() === '.json' || /^\s*\{/.test(text);
  return { name: `${stem}.${isJson ? 'json' : 'yaml'}`, text, isJoined: false };
}

function namesOtherFiles(text: string): boolean {
  const root = parseYamlText(text.replaceAll('\r\n', '\n'));
  if (!isObject(root)) return false;
  for (const { $ref } of objectsIn(root)) if (typeof $ref === 'string' && !$ref.startsWith('#')) return true;
  return false;
}
