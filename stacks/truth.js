// What may be said of an operation, and how surely: derived by rule from what the server is, never from a verdict.
import { OPERATIONS } from './operations.js';
import { answerOf, lookOf, routeOf } from './server.js';

/** @typedef {import('./operations.js').Operation} Operation */
/** @typedef {import('./server.js').Answer} Answer */
/** @typedef {import('./server.js').Host} Host */
/** @typedef {import('./variants.js').Policy} Policy */
/** @typedef {import('./variants.js').Token} Token */
/** @typedef {'possible' | 'likely' | 'certain'} Confidence */

/**
 * Something that is right to say.
 * @typedef {object} Claim
 * @property {string} outcome
 * @property {readonly string[]} [causes] one of these, where a cause has to be named
 * @property {Confidence} most how surely it may be said
 */

/** @type {readonly Claim[]} */
const SKIPPED = [{ outcome: 'skipped', most: 'certain' }];

/** The causes that blame the token, with the token that each is exactly right for. @type {Readonly<Record<string, Token | undefined>>} */
const TOKEN_CAUSES = {
  'token-missing': 'missing',
  'token-invalid': 'never issued',
  'token-expired': 'expired',
  'token-malformed': undefined,
};

/**
 * Everything that is right to say of an operation.
 * @param {Host} host @param {Operation} operation @param {Token} token @param {Policy} policy
 * @returns {readonly Claim[]}
 */
export function truthOf(host, operation, token, policy) {
  return operation.safe ? ofRead(host, operation, token) : ofWrite(host, operation, token, policy);
}

/** @param {Host} host @param {Operation} operation @param {Token} token @returns {Claim[]} */
function ofRead(host, operation, token) {
  const claims = claimsOf(host, operation, answerOf(host, operation, token), token);
  const isOpen = operation.isPublic && host.variant.base === 'right';
  if (!isOpen && token !== 'good') claims.push(...nothingProven());
  if (host.variant.base !== 'right') claims.push(...baseIsWrong(), ...nothingProven());
  if (operation.listed && !listingWorks(host, token)) claims.push(...SKIPPED);
  return claims;
}

/**
 * How a write is asked depends on the policy, and on what the run finds possible: it may always ask more carefully.
 * @param {Host} host @param {Operation} operation @param {Token} token @param {Policy} policy
 * @returns {Claim[]}
 */
function ofWrite(host, operation, token, policy) {
  if (policy === 'none') return [...SKIPPED];
  const real = answerOf(host, operation, token);
  if (policy === 'full' && operation.createsOrChanges && real === 'success') {
    return claimsOf(host, operation, real, token);
  }
  const claims = [...SKIPPED, ...askedWithInvalidToken(host, operation)];
  if (policy === 'validate' || policy === 'full') {
    claims.push(...claimsOf(host, operation, answerOf(host, operation, token, 'forbidden'), token));
    // A server may forbid less than its contract does, and then finds nothing under an id of nothing.
    if (operation.listed && token === 'good') claims.push(...claimsOf(host, operation, 'absent', token));
  }
  if (policy === 'full') claims.push(...claimsOf(host, operation, real, token));
  if (token !== 'good') claims.push(...nothingProven());
  if (host.variant.base !== 'right') claims.push(...baseIsWrong(), ...nothingProven());
  return claims;
}

/**
 * The refusal of a token that is invalid on purpose says that an operation is routed only where the server looks at the
 * route first.
 * @param {Host} host @param {Operation} operation @returns {Claim[]}
 */
function askedWithInvalidToken(host, operation) {
  const answer = answerOf(host, operation, 'never issued');
  if (answer !== 'unauthenticated') return claimsOf(host, operation, answer, 'never issued');
  const isRouted = routeOf(host, operation) === 'routed';
  return [{ outcome: 'denied', causes: Object.keys(TOKEN_CAUSES), most: isRouted ? 'certain' : 'possible' }];
}

/**
 * What is right to say of an answer: what is so, and what nobody can tell from it.
 * @param {Host} host @param {Operation} operation @param {Answer} answer @param {Token} token
 * @returns {Claim[]}
 */
export function claimsOf(host, operation, answer, token) {
  const look = lookOf(host, operation, answer);
  /** @type {Answer[]} */
  const rivals = ['unknown path', 'wrong method', 'absent', 'forbidden'];
  const alike = rivals.filter((rival) => rival !== answer && lookOf(host, operation, rival) === look);
  return [
    ...facts(answer, alike, token),
    ...alike.flatMap((rival) => atMost('likely', facts(rival, alike, token))),
  ];
}

/**
 * @param {Answer} answer
 * @param {readonly Answer[]} alike what else looks the same
 * @param {Token} token
 * @returns {Claim[]}
 */
function facts(answer, alike, token) {
  switch (answer) {
    case 'success':
    case 'documented redirect':
      return [{ outcome: 'works', most: 'certain' }];
    case 'deviating':
      return [{ outcome: 'deviates', most: 'certain' }];
    case 'other redirect':
      return [
        { outcome: 'unrouted', causes: ['redirected'], most: 'certain' },
        { outcome: 'deviates', most: 'certain' },
      ];
    case 'slash redirect':
      return [{ outcome: 'unrouted', causes: ['redirected', 'route-missing'], most: 'certain' }];
    case 'unknown path':
      return [{ outcome: 'unrouted', causes: ['route-missing'], most: 'certain' }];
    case 'wrong method': {
      // Where it is answered as an unknown path is, both are said of it with right.
      const causes = alike.includes('unknown path')
        ? ['method-missing', 'route-missing']
        : ['method-missing'];
      return [{ outcome: 'unrouted', causes, most: 'certain' }];
    }
    case 'absent':
    case 'empty':
      return [{ outcome: 'absent', causes: ['resource-missing'], most: 'certain' }];
    case 'forbidden':
      return [
        {
          outcome: 'denied',
          causes: ['permission-denied', 'access-denied'],
          most: alike.length > 0 ? 'likely' : 'certain',
        },
        { outcome: 'denied', causes: ['scope-missing', 'product-missing'], most: 'possible' },
      ];
    case 'hidden':
      // It is made to look like what is not there, so nobody can be certain of anything.
      return [
        { outcome: 'unrouted', causes: ['route-missing'], most: 'likely' },
        { outcome: 'absent', causes: ['resource-missing'], most: 'likely' },
        { outcome: 'denied', causes: ['permission-denied', 'access-denied'], most: 'likely' },
      ];
    case 'invalid':
      return [
        { outcome: 'rejects', causes: ['validation-failed'], most: 'certain' },
        { outcome: 'rejects', causes: ['request-refused'], most: 'likely' },
      ];
    case 'crash':
      return [{ outcome: 'broken', causes: ['crashed'], most: 'certain' }];
    case 'throttled':
      return [
        { outcome: 'throttled', causes: ['rate-limited'], most: 'certain' },
        { outcome: 'throttled', causes: ['quota-exceeded'], most: 'possible' },
      ];
    case 'unauthenticated':
      return Object.entries(TOKEN_CAUSES).map(([cause, exactFor]) => ({
        outcome: 'denied',
        causes: [cause],
        most: exactFor === token ? 'certain' : 'likely',
      }));
  }
}

/** With a token that lets nothing in, no operation may be blamed. @returns {Claim[]} */
function nothingProven() {
  return [...SKIPPED, { outcome: 'denied', causes: Object.keys(TOKEN_CAUSES), most: 'possible' }];
}

/** That the base URL is wrong, or, as nobody can be sure of that from outside, that the host seems retired. @returns {Claim[]} */
function baseIsWrong() {
  return [
    { outcome: 'gone', causes: ['host-gone'], most: 'likely' },
    { outcome: 'unrouted', causes: ['base-url-wrong'], most: 'certain' },
  ];
}

/** @param {Confidence} most @param {readonly Claim[]} claims @returns {Claim[]} */
function atMost(most, claims) {
  return claims.map((claim) => ({ ...claim, most: rank(claim.most) < rank(most) ? claim.most : most }));
}

const CONFIDENCES = ['possible', 'likely', 'certain'];

/** @param {string} confidence */
export function rank(confidence) {
  return CONFIDENCES.indexOf(confidence);
}

/** @param {Host} host @param {Token} token */
function listingWorks(host, token) {
  const listing = OPERATIONS.find(({ id }) => id === 'GET /items');
  return listing !== undefined && answerOf(host, listing, token) === 'success';
}
