import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { isArray, isObject } from '../../json.js';
import { PACKAGE_ROOT } from '../../package.js';
import { asJudged, type ContractOperation } from './contract.js';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

let read: Promise<ContractOperation[]> | undefined;

/**
 * The operations of the contract of this package, as far as a judge needs them who admits nothing but what is safe:
 * bodies are not read.
 */
export function packageOperations(): Promise<ContractOperation[]> {
  read ??= readOperations(join(PACKAGE_ROOT, 'spec', 'swagger.yaml'));
  return read;
}

async function readOperations(file: string): Promise<ContractOperation[]> {
  const document: unknown = parse(await readFile(file, 'utf8'));
  const paths = isObject(document) ? document['paths'] : undefined;
  const whole = isObject(document) ? document['security'] : undefined;
  if (!isObject(paths)) throw new Error(`${file} has no paths`);
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((name) => {
      const operation = isObject(item) ? item[name] : undefined;
      if (!isObject(operation)) return [];
      const security = operation['security'] ?? whole;
      return {
        ...asJudged(name, path, operation['x-safe']),
        guarded: isArray(security) && security.length > 0,
        body: undefined,
      };
    }),
  );
}
