import { describe, expect, it } from 'vitest';
import { operation } from './operations.js';
import { answerOf, lookOf } from './server.js';

/** @typedef {import('./server.js').Facts} Facts */

/** @type {Facts} */
const FACTS = { wrongMethod: 'unknown', slash: 'unknown', letterCase: 'unknown', absent: 'same' };

/** @param {Partial<Facts>} facts @param {import('./variants.js').Mode} mode */
function host(facts, mode) {
  return {
    facts: { ...FACTS, ...facts },
    variant: { name: mode, mode, base: /** @type {const} */ ('right') },
  };
}

/** @param {ReturnType<typeof host>} server @param {string} id @param {import('./variants.js').Token} [token] */
function look(server, id, token = 'good') {
  return lookOf(server, operation(id), answerOf(server, operation(id), token));
}

describe('how an answer looks', () => {
  it('is the same for what is not there and an unknown path, where the framework says the same of both', () => {
    expect(look(host({}, 'route-first'), 'GET /coupons')).toBe('404');
    expect(look(host({}, 'route-first'), 'GET /warehouses')).toBe('404');
    expect(look(host({ absent: 'own' }, 'route-first'), 'GET /coupons')).toBe('404 in other words');
  });

  it('changes with that of unknown paths where one handler answers both', () => {
    expect(look(host({}, 'page'), 'GET /coupons')).toBe('404');
    expect(look(host({ catchesAbsent: true }, 'page'), 'GET /coupons')).toBe('page');
    expect(look(host({ catchesAbsent: true }, 'forbids'), 'GET /coupons')).toBe('403');
    expect(look(host({ catchesAbsent: true, absent: 'own' }, 'hides'), 'GET /coupons')).toBe(
      '404 in other words',
    );
  });

  it('is a page for reads only', () => {
    expect(look(host({}, 'page'), 'GET /warehouses')).toBe('page');
    expect(look(host({}, 'page'), 'POST /warehouses')).toBe('404');
  });

  it('is that of the application for what a gateway passes on', () => {
    expect(look(host({ gateway: true }, 'route-first'), 'GET /items/{itemId}/photos')).toBe(
      '404 of the application',
    );
    expect(look(host({ gateway: true }, 'route-first'), 'GET /warehouses')).toBe('404');
    expect(look(host({ gateway: true }, 'forbids'), 'GET /audit')).toBe('403 of the application');
  });

  it('is 405 for methods that are refused before the path is looked for', () => {
    const refusesMethods = { methods: ['DELETE'], modes: [/** @type {const} */ ('route-first')] };
    expect(look(host({ refusesMethods }, 'route-first'), 'DELETE /coupons/{couponId}')).toBe('405');
    expect(look(host({ refusesMethods }, 'forbids'), 'DELETE /coupons/{couponId}')).toBe('403');
  });
});

describe('what is looked at first', () => {
  it('is the token where everything is guarded, but for what is public', () => {
    expect(look(host({}, 'auth-first'), 'GET /warehouses', 'missing')).toBe('401');
    expect(look(host({}, 'auth-first'), 'GET /health', 'missing')).toBe('other');
    expect(look(host({}, 'route-first'), 'GET /warehouses', 'missing')).toBe('404');
  });

  it('is the slash where the router redirects before the guard is asked', () => {
    const facts = { slash: /** @type {const} */ ('redirect'), redirectsFirst: true };
    expect(look(host(facts, 'auth-first'), 'GET /customers/', 'missing')).toBe('redirect');
    expect(look(host({ ...facts, redirectsFirst: false }, 'auth-first'), 'GET /customers/', 'missing')).toBe(
      '401',
    );
  });
});
