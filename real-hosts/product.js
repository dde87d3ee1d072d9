// What is to be known of a product that others wrote, so that it can be checked with its own contract.

/**
 * One thing that can change.
 * @typedef {object} StateRecord
 * @property {string} kind
 * @property {string} name
 * @property {string} [within] the record that it belongs to, as `nameOf` writes it; it comes and goes with that one
 * @property {unknown} value
 */

/**
 * A product that runs, with records of its own.
 * @typedef {object} Instance
 * @property {string} url
 * @property {unknown} contract as the product itself publishes it
 * @property {() => Promise<StateRecord[]>} snapshot everything that can change
 * @property {() => boolean} alive
 * @property {() => Promise<void>} stop
 */

/**
 * @typedef {object} Product
 * @property {string} name
 * @property {{ header: string, value: string, neverIssued: string }} key the API key that is accepted where one is asked for, and one of its form that nobody was given
 * @property {boolean} namesSecurity whether its contract says that a credential is asked for
 * @property {object} samples what `samples.yaml` says
 * @property {Record<string, readonly string[]>} createdBy for each kind of record: what operations of the contract make one
 * @property {() => Promise<(folder: string) => Promise<Instance>>} install gives what starts it, with its files in `folder`; throws `Unavailable`
 */

/** @param {Pick<StateRecord, 'kind' | 'name' | 'within'>} record */
export function nameOf({ kind, name, within }) {
  const own = name === '' ? kind : `${kind} ${name}`;
  return within === undefined ? own : `${within}, ${own}`;
}
