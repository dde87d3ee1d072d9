import { pointer } from '../json.js';
import type { Place } from '../problem.js';
import type { Named } from '../targets/named.js';
import type { WorkflowFile, WrittenStep } from './shape.js';

/** The operations that the steps of a document name, by id or by path. */
export function namedInWorkflows(
  { workflows, sourceDescriptions: [source] }: WorkflowFile,
  placeOf: (at: string) => Place,
): Named[] {
  const name = source?.name ?? '';
  return workflows.flatMap(({ steps }, flow) =>
    steps.flatMap((step, index) =>
      operationsOf(step, name, (member) => placeOf(pointer('workflows', flow, 'steps', index, member))),
    ),
  );
}

/**
 * The operation that a step names, if it does.
 * @param source the name that the document gives to the contract
 */
export function operationsOf(
  { operationId, operationPath }: Pick<WrittenStep, 'operationId' | 'operationPath'>,
  source: string,
  placeOf: (member: 'operationId' | 'operationPath') => Place,
): Named[] {
  const ofContract = `$sourceDescriptions.${source}`;
  const bears = 'description' as const;
  return [
    ...(operationId === undefined
      ? []
      : [
          {
            kind: 'operation id' as const,
            name: without(`${ofContract}.`, operationId),
            member: 'operationId' as const,
          },
        ]),
    ...(operationPath === undefined
      ? []
      : [
          {
            kind: 'operation path' as const,
            name: without(`{${ofContract}.url}#`, operationPath),
            member: 'operationPath' as const,
          },
        ]),
  ].map(({ kind, name, member }) => ({ kind, name, bears, place: placeOf(member) }));
}

function without(start: string, text: string): string {
  return text.startsWith(start) ? text.slice(start.length) : text;
}
