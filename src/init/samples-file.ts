import type { Contract } from '../contract/contract.js';
import type { Found } from './found.js';
import type { Missing } from './missing.js';
import type { Settled } from './settle.js';
import { counted } from './questions.js';
import { commentedOut, commentText, flowText, yamlText } from './yaml-text.js';

/** So many operations are named beside a value that they need. */
const MOST_NAMED = 3;

/** `samples.yaml`: values that were found or given, and a place, commented out, for each one that is missing. */
export function samplesText({ title }: Pick<Contract, 'title'>, found: Found, { ids }: Settled): string {
  const missing = found.missing.filter(({ parameter, isShared }) => !(isShared && ids.has(parameter)));
  const shared = missing.filter(({ isShared }) => isShared);
  const single = missing.filter(({ isShared }) => !isShared);
  const active = [
    ...[...ids].map(([name, value]) => `  ${yamlText(name)}: ${JSON.stringify(value)}`),
    ...found.pageSizes
      .filter((name) => !ids.has(name))
      .map(
        (name) =>
          `  ${yamlText(name)}: 1 # how many things a page has: one is enough to see whether it works`,
      ),
  ];
  const nothing = active.length === 0 ? ' {} # take {} away together with the first “#” below' : '';
  return [
    `# Values for requests to ${commentText(title)} that its contract does not give. Written by conform init; yours from now on.`,
    '# Ids in paths are found by themselves where a listing, a link or an example of the contract gives them. What stands',
    '# commented out below is not known: without it these operations are skipped, and the run says so. Take the “#” away,',
    '# and put the value in the place of VALUE.',
    '#',
    '# A value is as it is, or as { env: NAME } for one from the environment, or as { from: GET /things } for an id',
    '# that the answer of that operation shows. Put invented or test values here, never a secret or those of a person.',
    '',
    '# By name, for every operation that has such a parameter.',
    `parameters:${nothing}`,
    ...active,
    ...linesOf(shared, 'path', '  # Needed in paths, and not known:'),
    ...linesOf(shared, 'query', '  # Required, and otherwise made up by their type alone:'),
    ...linesOf(shared, 'header', '  # Required in headers, and otherwise made up by their type alone:'),
    '',
    '# By method and path: path, query, headers, body. `safe: true` marks a POST that is a search and changes nothing.',
    '# A name such as “id” stands for another thing in each operation, so its values are here.',
    ...commentedOut([
      'operations:',
      ...single.flatMap(({ parameter, in: place, operations }) =>
        operations.flatMap((operation) => [
          `  ${yamlText(operation)}:`,
          `    ${place === 'header' ? 'headers' : place}: { ${flowText(parameter)}: VALUE }`,
        ]),
      ),
      ...(single.length === 0
        ? ['  POST /things/search:', '    safe: true', '    body: { name: Muster }']
        : []),
    ]),
    '',
  ].join('\n');
}

function linesOf(missing: readonly Missing[], place: Missing['in'], head: string): string[] {
  const those = missing.filter((one) => one.in === place);
  if (those.length === 0) return [];
  return [
    head,
    ...those.map(({ parameter, operations }) => {
      const named = operations.slice(0, MOST_NAMED).map((one) => commentText(one, 60));
      const more = operations.length - named.length;
      const rest = more > 0 ? ` and ${counted(more, 'other')}` : '';
      return `  #${yamlText(parameter)}: VALUE # ${named.join(', ')}${rest}`;
    }),
  ];
}
