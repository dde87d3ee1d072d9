import { isObject, type Json, type JsonObject } from '../json.js';
import { kept } from '../once.js';
import { Problem, type Place } from '../problem.js';
import type { Contract, Repair } from './contract.js';
import { operationsOf } from './operations.js';
import { isSilentAboutSecurity } from './security.js';
import { brokenExamples } from './repairs/broken-examples.js';
import { brokenServers } from './repairs/servers.js';
import { REPAIRERS } from './repairs/index.js';
import { contractServers } from './servers.js';
import { readContractSource, type ContractSource } from './source.js';
import { swaggerPointer, upgradeSwagger } from './upgrade.js';
import { prepareSchemas, type Prepared } from './schema/prepare.js';
import { validatorOf } from './schema/validator.js';
import { schemaRepairs } from './repairs/schemas.js';

/**
 * Loads a contract: OpenAPI 3.0 or 3.1 or Swagger 2.0, YAML or JSON, as vendors publish it. What is broken but
 * can be lived with is repaired in memory and listed in `repairs`.
 * @throws Problem with file, line and remedy for what cannot be lived with.
 */
export async function loadContract(file: string): Promise<Contract> {
  return contractFrom(await readContractSource(file));
}

/**
 * Makes a contract of what was read. The document of the source is repaired in place.
 * @throws Problem with file, line and remedy for what cannot be lived with.
 */
export async function contractFrom(source: ContractSource): Promise<Contract> {
  const { file } = source;
  const repairs: Repair[] = [];
  const draft = { document: source.document, broken: source.broken, locate: source.locate };
  for (const repair of REPAIRERS) repairs.push(...repair(draft));
  const upgraded = await upgradeSwagger(source.document, file);
  const locate = (pointer: string): Place => {
    if (upgraded === source.document) return source.locate(pointer);
    const written = swaggerPointer(pointer);
    return written === undefined ? { file } : source.locate(written);
  };
  const document = upgraded;

  const dialect = JSON.stringify(document['openapi']).startsWith('"3.1') ? '3.1' : '3.0';
  const operations = operationsOf(document);
  if (operations.length === 0) {
    throw new Problem('CONFORM_E_CONTRACT_INVALID', 'the contract has no operations', {
      place: source.locate('/paths'),
      remedy: 'Its “paths” must name at least one path with a method below it.',
    });
  }
  let schemas: Prepared | undefined = prepareSchemas(document, dialect);
  repairs.push(...schemaRepairs(schemas.repairs, locate));
  const prepared = kept(() => schemas ?? prepareSchemas(document, dialect));
  const validators = { answer: validatorOf(prepared, 'answer'), request: validatorOf(prepared, 'request') };
  repairs.push(...brokenServers({ document, locate }));
  repairs.push(...brokenExamples({ ...draft, document, locate }, validators, operations));
  // Most commands check no value: while no validator has used the schemas, they are made again when one does.
  schemas = undefined;
  return {
    ...describe(document, source),
    servers: contractServers(document),
    silentAboutSecurity: isSilentAboutSecurity(document),
    ...{ dialect, document, operations, repairs, validators },
    locate: source.locate,
  };
}

function describe(document: JsonObject, source: ContractSource) {
  const info = isObject(document['info']) ? document['info'] : {};
  const text = (value: Json | undefined, otherwise: string) =>
    typeof value === 'string' || typeof value === 'number' ? String(value) : otherwise;
  return {
    title: text(info['title'], 'untitled'),
    version: text(info['version'], 'unknown'),
    file: source.file,
    sha256: source.sha256,
  };
}
