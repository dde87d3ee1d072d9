import type { Contract } from '../contract/contract.js';
import { removeStrayReferences } from '../contract/stray-references.js';
import { hideInheritedNames, withInheritedNames } from '../contract/inherited-names.js';
import { at, isArray, isObject, type JsonObject } from '../json.js';
import { Problem } from '../problem.js';
import type { Run } from '../record/run.js';
import { separateDirections } from './directions.js';
import { demandTypesOnly } from './types-only.js';
import { escapeUnseen } from './typescript-text.js';

const NEVER = 'x-conform-never';

/**
 * TypeScript types of a contract (`paths`, `components`, `operations`), by openapi-typescript.
 * @param observed a run: an operation that it shows as unrouted gets a parameter that nobody can give, whose
 *   name is the evidence, so that calling it is a type error that says why
 * @throws Problem when the generator cannot use the contract, or would write a text of it as code
 */
export async function generateTypes(contract: Contract, observed: Run | undefined): Promise<string> {
  const [{ default: openapiTS, astToString }, { default: ts }] = await Promise.all([
    import('openapi-typescript'),
    import('typescript'),
  ]);
  const document = structuredClone(contract.document);
  if (observed) forbidUnrouted(document, contract, observed);
  removeStrayReferences(document);
  separateDirections(document);
  hideInheritedNames(document);
  // The generator wants a document of its own type; what it gets was loaded and repaired as a contract.
  const input: unknown = document;
  const nodes = await openapiTS(input as Parameters<typeof openapiTS>[0], {
    alphabetize: false,
    // A member with a default may be left out (JSON Schema: a default is no value that is there).
    defaultNonNullable: false,
    // An object whose members are not described may have any; without this it could have none.
    emptyObjectsUnknown: true,
    silent: true,
    transform: (schema) =>
      NEVER in schema ? ts.factory.createKeywordTypeNode(ts.SyntaxKind.NeverKeyword) : undefined,
  }).catch((error: unknown) => {
    throw new Problem(
      'CONFORM_E_TYPES_NOT_GENERATED',
      `types cannot be generated from this contract: ${error instanceof Error ? error.message : String(error)}`,
      {
        remedy:
          error instanceof RangeError
            ? 'Hundreds of its schemas refer to one another in a row, which the generator follows to the end. All other commands can use it.'
            : 'The generator reads names as parts of a URL: look for a % without two digits.',
        cause: error,
      },
    );
  });
  const typescript = escapeUnseen(withInheritedNames(astToString(nodes)));
  await demandTypesOnly(typescript);
  return typescript;
}

function forbidUnrouted(document: JsonObject, contract: Contract, run: Run): void {
  for (const { id, outcome, statuses } of run.operations) {
    if (outcome !== 'unrouted') continue;
    const operation = contract.operations.find((candidate) => candidate.id === id);
    const node = operation === undefined ? undefined : at(document, operation.pointer);
    if (!isObject(node)) continue;
    const parameters = node['parameters'];
    const name = `not routed on ${run.target}: ${statuses.join(', ')} in run ${run.id}`;
    node['parameters'] = [
      ...(isArray(parameters) ? parameters : []),
      { name, in: 'query', required: true, schema: { [NEVER]: true } },
    ];
  }
}
