import { sizeOf } from '../checks/list-form.js';
import type { Contract } from '../contract/contract.js';
import type { Operation } from '../contract/operation.js';
import { fits } from '../probe/fits.js';
import { addressesIn, otherServersIn, type Address, type OtherServer } from './addresses.js';
import { isInert } from '../artefact/inert.js';
import { missingIn, type Missing } from './missing.js';
import { rateIn, type Rate } from './rate.js';
import { authOptionsIn, type AuthOptions } from './auth-options.js';

/** What a contract says by itself, so that nobody has to be asked for it. */
export interface Found {
  operations: number;
  /** Operations that change nothing. */
  reads: readonly Operation[];
  /** Reads whose answers are lists. */
  lists: readonly Operation[];
  addresses: readonly Address[];
  otherServers: readonly OtherServer[];
  ways: AuthOptions;
  rate: Rate | undefined;
  missing: readonly Missing[];
  /** Parameters that say how many things a page has, and have this meaning wherever they are. */
  pageSizes: readonly string[];
}

/** Looks for everything in a contract that a spec folder says beside it. */
export function findOut(contract: Contract): Found {
  const reads = contract.operations.filter(({ safe, method }) => safe && method !== 'OPTIONS');
  const lists = reads.filter(isList);
  return {
    operations: contract.operations.length,
    reads,
    lists,
    addresses: addressesIn(contract),
    otherServers: otherServersIn(contract),
    ways: authOptionsIn(contract),
    rate: rateIn(contract),
    missing: missingIn(contract),
    pageSizes: pageSizesIn(contract, new Set(lists)),
  };
}

/** Whether an operation lists things: it says how many a page has, or its answer is an array. */
function isList(operation: Operation): boolean {
  if (operation.path.endsWith('}')) return false;
  if (sizeOf(operation) !== undefined) return true;
  return Object.entries(operation.responses).some(
    ([status, { content }]) =>
      status.startsWith('2') && Object.values(content).some(({ schema }) => schema?.['type'] === 'array'),
  );
}

function pageSizesIn({ operations, validators }: Contract, lists: ReadonlySet<Operation>): string[] {
  const names = new Set([...lists].flatMap((one) => sizeOf(one)?.name ?? []));
  return [...names].filter(
    (name) =>
      isInert(name) &&
      operations.every((operation) => {
        const parameter = operation.parameters.find((one) => one.name === name);
        if (parameter === undefined) return true;
        return (
          lists.has(operation) && sizeOf(operation) === parameter && fits('1', parameter, validators.request)
        );
      }),
  );
}
