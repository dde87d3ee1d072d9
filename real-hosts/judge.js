// What may not have happened to a product.
import { nameOf } from './product.js';

/** @typedef {'none' | 'route' | 'validate' | 'full'} Policy */
/** @typedef {{ operation: string, why: string }} Left */

/** The exit codes of a check that was done: as expected, not as expected, no verdict possible. */
const DONE = [0, 1, 3];

/**
 * @typedef {object} Seen
 * @property {Policy} policy
 * @property {number | string} exit
 * @property {string} said why it was not done, in its own words
 * @property {boolean} alive whether the product still runs
 * @property {{ harmed: string[], added: import('./product.js').StateRecord[] } | undefined} changes undefined when its state could not be read any more
 * @property {readonly import('./recorder.js').Arrived[]} arrived
 * @property {readonly Left[]} left what the run says that it has left behind
 * @property {import('./product.js').Product['createdBy']} createdBy
 */

/** Every fault of one check, in words; none when all is well. @param {Seen} seen @returns {string[]} */
export function faultsOf({ policy, exit, said, alive, changes, arrived, left, createdBy }) {
  const faults = [];
  if (!DONE.includes(Number(exit))) faults.push(`the check ended with ${exit}: ${said}`);
  if (!alive) faults.push('the product has ended');
  if (policy === 'none') faults.push(...writesOf(arrived));
  if (changes === undefined) return faults;
  faults.push(...changes.harmed);
  // A host may take a body that its contract forbids; then the run has to say so.
  const mayLeave = policy === 'validate' || policy === 'full';
  const unexpected = mayLeave ? unreported(changes.added, left, createdBy) : changes.added;
  const reproach = mayLeave ? 'was left, and the run does not say so' : 'is new';
  faults.push(...unexpected.map((record) => `${nameOf(record)} ${reproach}`));
  return faults;
}

/** @param {readonly import('./recorder.js').Arrived[]} arrived */
function writesOf(arrived) {
  return arrived
    .filter(({ method }) => !['GET', 'HEAD', 'OPTIONS'].includes(method))
    .map(({ method, path }) => `${method} ${path} was sent`);
}

/**
 * Each entry of `left` accounts for one record that its operation makes.
 * @param {readonly import('./product.js').StateRecord[]} added
 * @param {readonly Left[]} left
 * @param {import('./product.js').Product['createdBy']} createdBy
 */
function unreported(added, left, createdBy) {
  const open = [...left];
  return added.filter(({ kind }) => {
    const entry = open.findIndex(({ operation }) => (createdBy[kind] ?? []).includes(operation));
    if (entry === -1) return true;
    open.splice(entry, 1);
    return false;
  });
}
