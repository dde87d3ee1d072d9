import { describe, expect, it } from 'vitest';
import { judge } from './judge.js';
import { operation, OPERATIONS } from './operations.js';
import { truthOf } from './truth.js';
import { POLICIES, TOKENS, VARIANTS } from './variants.js';

/** @typedef {import('./server.js').Facts} Facts */
/** @typedef {import('./variants.js').Mode} Mode */
/** @typedef {import('./variants.js').Policy} Policy */
/** @typedef {import('./variants.js').Token} Token */

/** @type {Facts} */
const OWN_WORDS = { wrongMethod: '405', slash: 'unknown', letterCase: 'unknown', absent: 'own' };
/** @type {Facts} */
const SAME_WORDS = { wrongMethod: 'unknown', slash: 'same', letterCase: 'unknown', absent: 'same' };

/**
 * What is made of a verdict, written “unrouted route-missing certain”.
 * @param {string} said
 * @param {string} id of the operation
 * @param {{ facts?: Facts, mode?: Mode, base?: import('./variants.js').Base, token?: Token, policy?: Policy }} [where]
 */
function judged(said, id, where = {}) {
  const { facts = OWN_WORDS, mode = 'route-first', base = 'right', token = 'good', policy = 'none' } = where;
  const [outcome = '', cause, confidence] = said.split(' ');
  const verdict = { outcome, explanation: '', ...(cause && { cause }), ...(confidence && { confidence }) };
  const host = { facts, variant: { name: mode, mode, base } };
  return judge(verdict, truthOf(host, operation(id), token, policy));
}

describe('a read with a good token', () => {
  it('works where the server has it', () => {
    expect(judged('works', 'GET /items')).toBe('right');
    expect(judged('works', 'GET /latest')).toBe('right');
    expect(judged('skipped', 'GET /items')).toBe('wrong');
    expect(judged('unrouted route-missing certain', 'GET /items')).toBe('wrong at certain');
  });

  it('deviates only where the server breaks the contract', () => {
    expect(judged('deviates', 'GET /settings')).toBe('right');
    expect(judged('works', 'GET /settings')).toBe('wrong at certain');
    expect(judged('deviates', 'GET /items')).toBe('wrong at certain');
  });

  it('is certainly not routed where there is no such path', () => {
    for (const id of ['GET /warehouses', 'GET /category', 'GET /stock', 'GET /items/{itemId}/photos']) {
      expect(judged('unrouted route-missing certain', id)).toBe('right');
      expect(judged('denied token-invalid likely', id)).toBe('wrong');
    }
  });

  it('is distinguished from a missing thing only where the server answers the two otherwise', () => {
    const id = 'GET /items/{itemId}/photos';
    expect(judged('absent resource-missing likely', id)).toBe('wrong');
    expect(judged('absent resource-missing likely', id, { facts: SAME_WORDS })).toBe('right');
    expect(judged('absent resource-missing certain', id, { facts: SAME_WORDS })).toBe('wrong at certain');
    expect(judged('unrouted route-missing likely', 'GET /members/{memberId}')).toBe('wrong');
    expect(judged('unrouted route-missing likely', 'GET /members/{memberId}', { facts: SAME_WORDS })).toBe(
      'right',
    );
  });

  it('is not blamed on the path where it is the method that is missing, unless both look the same', () => {
    expect(judged('unrouted method-missing certain', 'GET /refunds')).toBe('right');
    expect(judged('unrouted route-missing certain', 'GET /refunds')).toBe('wrong at certain');
    expect(judged('unrouted route-missing certain', 'GET /refunds', { facts: SAME_WORDS })).toBe('right');
  });

  it('works under another spelling where the framework does not mind', () => {
    expect(judged('unrouted route-missing certain', 'GET /customers/')).toBe('right');
    expect(judged('works', 'GET /customers/', { facts: SAME_WORDS })).toBe('right');
    const facts = /** @type {Facts} */ ({ ...OWN_WORDS, slash: 'redirect' });
    expect(judged('unrouted redirected certain', 'GET /customers/', { facts })).toBe('right');
  });

  it('is hidden so that nobody can be certain of anything', () => {
    for (const said of ['unrouted route-missing', 'absent resource-missing', 'denied permission-denied']) {
      expect(judged(`${said} likely`, 'GET /payroll')).toBe('right');
      expect(judged(`${said} certain`, 'GET /payroll')).toBe('wrong at certain');
    }
    expect(judged('absent resource-missing likely', 'GET /audit', { mode: 'hides' })).toBe('right');
    expect(judged('denied permission-denied certain', 'GET /audit')).toBe('right');
  });

  it('is forbidden for certain only where unknown paths are answered otherwise', () => {
    expect(judged('denied permission-denied certain', 'GET /audit', { mode: 'forbids' })).toBe(
      'wrong at certain',
    );
    expect(judged('denied permission-denied likely', 'GET /audit', { mode: 'forbids' })).toBe('right');
    expect(judged('unrouted route-missing likely', 'GET /audit', { mode: 'forbids' })).toBe('right');
    expect(judged('unrouted route-missing certain', 'GET /warehouses', { mode: 'forbids' })).toBe('right');
    expect(judged('denied token-invalid possible', 'GET /audit')).toBe('wrong');
  });

  it('is not routed where a page answers for unknown paths', () => {
    expect(judged('unrouted route-missing certain', 'GET /warehouses', { mode: 'page' })).toBe('right');
    expect(judged('deviates', 'GET /warehouses', { mode: 'page' })).toBe('wrong at certain');
  });

  it('is refused, throttled and broken as the server does it', () => {
    expect(judged('rejects validation-failed certain', 'GET /quotes')).toBe('right');
    expect(judged('throttled rate-limited certain', 'GET /prices')).toBe('right');
    expect(judged('broken crashed certain', 'GET /statistics')).toBe('right');
    expect(judged('broken undetermined possible', 'GET /statistics')).toBe('wrong');
    expect(judged('absent resource-missing certain', 'GET /suppliers/{supplierId}')).toBe('wrong at certain');
  });
});

describe('a read with another token', () => {
  it('is refused for that token, and a kindred reason may not be certain', () => {
    const where = /** @type {const} */ ({ token: 'expired' });
    expect(judged('denied token-expired certain', 'GET /items', where)).toBe('right');
    expect(judged('denied token-invalid likely', 'GET /items', where)).toBe('right');
    expect(judged('denied token-invalid certain', 'GET /items', where)).toBe('wrong at certain');
    expect(judged('skipped', 'GET /items', where)).toBe('undecided');
    expect(judged('denied access-denied likely', 'GET /items', where)).toBe('wrong');
  });

  it('blames no operation where the token is looked at first', () => {
    const where = /** @type {const} */ ({ token: 'never issued', mode: 'auth-first' });
    expect(judged('unrouted route-missing possible', 'GET /warehouses', where)).toBe('wrong');
    expect(judged('denied token-invalid certain', 'GET /warehouses', where)).toBe('right');
  });

  it('shows unknown paths where the route is looked at first', () => {
    const where = /** @type {const} */ ({ token: 'never issued' });
    expect(judged('unrouted route-missing certain', 'GET /warehouses', where)).toBe('right');
    expect(judged('denied token-invalid possible', 'GET /warehouses', where)).toBe('right');
    expect(judged('denied token-invalid certain', 'GET /warehouses', where)).toBe('wrong at certain');
  });

  it('works where nobody asks for a token', () => {
    expect(judged('works', 'GET /health', { token: 'missing', mode: 'auth-first' })).toBe('right');
    expect(judged('works', 'GET /search', { token: 'missing', mode: 'per-route' })).toBe('right');
    expect(judged('works', 'GET /search', { token: 'missing' })).toBe('wrong at certain');
  });

  it('is asked without success for an id of a listing that is refused', () => {
    expect(judged('skipped', 'GET /items/{itemId}', { token: 'missing' })).toBe('undecided');
    expect(judged('skipped', 'GET /items/{itemId}')).toBe('wrong');
  });
});

describe('a wrong base URL', () => {
  const base = 'prefix doubled';

  it('leaves nothing routed, and may look like a host that is gone', () => {
    expect(judged('unrouted route-missing certain', 'GET /items', { base })).toBe('right');
    expect(judged('gone host-gone likely', 'GET /items', { base })).toBe('right');
    expect(judged('gone host-gone certain', 'GET /items', { base })).toBe('wrong at certain');
    expect(judged('absent resource-missing likely', 'GET /items', { base })).toBe('wrong');
  });
});

describe('an operation that changes something', () => {
  it('is not asked where nothing may be changed', () => {
    expect(judged('skipped', 'POST /items')).toBe('undecided');
    expect(judged('works', 'POST /items')).toBe('wrong at certain');
  });

  it('is seen to be routed by an invalid token only where the route is looked at first', () => {
    const said = 'denied token-invalid certain';
    expect(judged(said, 'POST /items', { policy: 'route' })).toBe('right');
    expect(judged(said, 'POST /warehouses', { policy: 'route' })).toBe('wrong at certain');
    expect(judged(said, 'POST /warehouses', { policy: 'route', mode: 'auth-first' })).toBe(
      'wrong at certain',
    );
    expect(
      judged('denied token-invalid possible', 'POST /warehouses', { policy: 'route', mode: 'auth-first' }),
    ).toBe('right');
  });

  it('is not seen to be routed where a path asks for the token before it looks at the method', () => {
    const facts = { ...OWN_WORDS, guardsPath: true };
    expect(judged('denied token-invalid certain', 'POST /statistics', { policy: 'route', facts })).toBe(
      'wrong at certain',
    );
    expect(judged('unrouted method-missing certain', 'POST /statistics', { policy: 'route' })).toBe('right');
  });

  it('is refused for what it is given, or for an id of nothing', () => {
    expect(judged('rejects validation-failed certain', 'POST /items', { policy: 'validate' })).toBe('right');
    expect(judged('absent resource-missing certain', 'PUT /items/{itemId}', { policy: 'validate' })).toBe(
      'right',
    );
    const facts = { ...OWN_WORDS, validatesFirst: true };
    expect(
      judged('rejects validation-failed certain', 'PUT /items/{itemId}', { policy: 'validate', facts }),
    ).toBe('right');
    expect(judged('works', 'POST /items', { policy: 'validate' })).toBe('wrong at certain');
  });

  it('has to work where everything may be asked', () => {
    for (const id of [
      'POST /items',
      'PUT /items/{itemId}',
      'PATCH /items/{itemId}',
      'DELETE /items/{itemId}',
    ]) {
      expect(judged('works', id, { policy: 'full' })).toBe('right');
      expect(judged('skipped', id, { policy: 'full' })).toBe('wrong');
      expect(judged('skipped', id, { policy: 'full', token: 'missing' })).toBe('undecided');
    }
    expect(judged('broken crashed certain', 'POST /invoices', { policy: 'full' })).toBe('right');
    expect(judged('denied permission-denied certain', 'POST /audit', { policy: 'full' })).toBe('right');
  });
});

it('has something right to say of every operation, however it is asked', () => {
  for (const variant of VARIANTS) {
    for (const token of /** @type {Token[]} */ (Object.keys(TOKENS))) {
      for (const policy of POLICIES) {
        for (const one of OPERATIONS) {
          const claims = truthOf({ facts: OWN_WORDS, variant }, one, token, policy);
          expect(claims.length, `${one.id}, ${variant.name}, ${token}, ${policy}`).toBeGreaterThan(0);
        }
      }
    }
  }
});
