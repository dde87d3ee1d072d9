// What a server that is described answers. The truth about verdicts is derived from this, and the description itself
// is held against the server that runs (`verify.js`).

/** @typedef {import('./operations.js').Operation} Operation */
/** @typedef {import('./variants.js').Variant} Variant */
/** @typedef {import('./variants.js').Token} Token */

/**
 * How a framework behaves by itself, as it comes.
 * @typedef {object} Facts
 * @property {'405' | 'unknown'} wrongMethod what a known path answers to another method: 405, or as an unknown path
 * @property {'same' | 'redirect' | 'unknown'} slash what a path with one slash too many is: the same, a redirect, unknown
 * @property {'same' | 'redirect' | 'unknown'} letterCase what a path in other letters is
 * @property {'own' | 'same'} absent how a thing that is not there is answered: in words of its own, or as an unknown
 *   path is by default
 * @property {boolean} [catchesAbsent] whether who changes the answer to unknown paths changes that to such things too
 * @property {boolean} [guardsPath] whether a guarded path looks at the token before it looks at the method
 * @property {boolean} [redirectsFirst] whether a slash too many is redirected before anything else is looked at
 * @property {{ methods: readonly string[], modes: readonly import('./variants.js').Mode[] }} [refusesMethods] to which
 *   methods an unknown path is answered with 405
 * @property {boolean} [validatesFirst] whether a body is checked before the thing is looked for
 * @property {boolean} [gateway] whether another program stands before it: that answers unknown paths, the application
 *   answers what is unknown below a path that is passed on to it
 */

/** @typedef {{ facts: Facts, variant: Variant }} Host */

/**
 * What the server answers, in its own terms.
 * @typedef {'success' | 'deviating' | 'documented redirect' | 'other redirect' | 'slash redirect' | 'empty' | 'absent'
 *   | 'invalid' | 'forbidden' | 'hidden' | 'crash' | 'throttled' | 'unknown path' | 'wrong method'
 *   | 'unauthenticated'} Answer
 */

/**
 * How an answer looks from outside. Two answers that look the same cannot be distinguished by anybody.
 * @typedef {'401' | '403' | '403 of the application' | '404' | '404 in other words' | '404 of the application' | '405' | 'page' | 'redirect' | 'other'} Look
 */

/** @typedef {'real' | 'forbidden'} Input a request that the contract allows, or one with a body that it forbids and ids of nothing */

/**
 * @param {Host} host
 * @param {Operation} operation
 * @param {Token} token
 * @param {Input} [input]
 * @returns {Answer}
 */
export function answerOf(host, operation, token, input = 'real') {
  const { facts, variant } = host;
  const isOpen = operation.isPublic && variant.base === 'right';
  const letIn = token === 'good' || isOpen;
  const route = routeOf(host, operation);
  if (route === 'slash redirect' && facts.redirectsFirst) return route;
  if (variant.mode === 'auth-first' && !letIn) return 'unauthenticated';
  if (route === 'wrong method' && facts.guardsPath && !letIn) return 'unauthenticated';
  if (route !== 'routed') return route;
  const open = letIn || (variant.mode === 'per-route' && operation.forgotten);
  if (!open) return 'unauthenticated';
  return handle(facts, variant, operation, input);
}

/**
 * What the router makes of an operation, before anybody asks who is there.
 * @param {Host} host @param {Operation} operation
 * @returns {'routed' | 'unknown path' | 'wrong method' | 'slash redirect'}
 */
export function routeOf({ facts, variant }, { kind }) {
  if (variant.base !== 'right') return 'unknown path';
  switch (kind) {
    case 'no path':
    case 'no path below':
    case 'plural':
    case 'prefix':
      return 'unknown path';
    case 'other method':
      return 'wrong method';
    case 'slash':
      return spelled(facts.slash);
    case 'case':
      return spelled(facts.letterCase);
    default:
      return 'routed';
  }
}

/** @param {Facts['slash']} spelling @returns {'routed' | 'unknown path' | 'slash redirect'} */
function spelled(spelling) {
  if (spelling === 'same') return 'routed';
  return spelling === 'redirect' ? 'slash redirect' : 'unknown path';
}

/** @param {Facts} facts @param {Variant} variant @param {Operation} operation @param {Input} input @returns {Answer} */
function handle(facts, { mode }, operation, input) {
  const { kind, createsOrChanges, listed, takesBody } = operation;
  switch (kind) {
    case 'deviates':
      return 'deviating';
    case 'documented redirect':
    case 'other redirect':
    case 'empty':
    case 'absent':
    case 'invalid':
    case 'hidden':
    case 'throttled':
      return kind;
    case 'forbidden':
      return mode === 'hides' ? 'hidden' : 'forbidden';
    case 'crashes':
      return 'crash';
    default:
      if (!createsOrChanges || input === 'real') return 'success';
      // With an id of nothing, and a body that the contract forbids.
      if (listed && !(facts.validatesFirst && takesBody)) return 'absent';
      return 'invalid';
  }
}

/**
 * How an answer looks from outside.
 * @param {Host} host @param {Operation} operation @param {Answer} answer @returns {Look}
 */
export function lookOf({ facts, variant }, operation, answer) {
  switch (answer) {
    case 'unknown path':
      // What stands before the application passes on what begins with a path that it knows.
      return facts.gateway && variant.base === 'right' && operation.kind === 'no path below'
        ? '404 of the application'
        : unknownLook(facts, variant, operation);
    case 'wrong method':
      if (facts.wrongMethod === '405') return '405';
      return facts.gateway ? '404 of the application' : unknownLook(facts, variant, operation);
    case 'absent':
    case 'empty':
    case 'hidden':
      if (facts.catchesAbsent && CHANGED.includes(variant.mode))
        return unknownLook(facts, variant, operation);
      return facts.absent === 'own' ? '404 in other words' : '404';
    case 'forbidden':
      return facts.gateway ? '403 of the application' : '403';
    case 'unauthenticated':
      return '401';
    case 'slash redirect':
      return 'redirect';
    default:
      return 'other';
  }
}

/** The modes in which unknown paths are not answered as the framework does by itself. */
const CHANGED = ['forbids', 'page'];

/** @param {Facts} facts @param {Variant} variant @param {Operation} operation @returns {Look} */
function unknownLook({ refusesMethods }, { mode }, { method }) {
  if (refusesMethods?.modes.includes(mode) && refusesMethods.methods.includes(method)) return '405';
  if (mode === 'forbids') return '403';
  return mode === 'page' && method === 'GET' ? 'page' : '404';
}
