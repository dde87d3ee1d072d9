// The shop on hapi, as its tutorials write it.
import process from 'node:process';
import { createRequire } from 'node:module';
const require = createRequire(`${process.env.MODULES}/`);
const Hapi = require('@hapi/hapi');
const Boom = require('@hapi/boom');

const { MODE, PORT } = process.env;
const server = Hapi.server({ port: Number(PORT), host: '127.0.0.1' });
const items = new Map([
  ['item-1', { id: 'item-1', name: 'Lamp', price: 20 }],
  ['item-2', { id: 'item-2', name: 'Chair', price: 45 }],
]);
let last = 2;

const check = (request) => {
  const token = request.headers.authorization?.replace('Bearer ', '');
  if (token === undefined) throw Boom.unauthorized(null, 'Bearer');
  if (token === 'expired-token-for-tests') throw Boom.unauthorized('Expired token', 'Bearer');
  if (token !== 'good-token-for-tests') throw Boom.unauthorized('Invalid token', 'Bearer');
};
server.auth.scheme('bearer', () => ({
  authenticate: (request, h) => {
    check(request);
    return h.authenticated({ credentials: {} });
  },
}));
server.auth.strategy('token', 'bearer');
if (MODE === 'auth-first') {
  server.ext('onRequest', (request, h) => {
    if (request.path !== '/api/health') check(request);
    return h.continue;
  });
}
const guarded = MODE === 'auth-first' ? {} : { auth: 'token' };

const route = (method, path, handler, options = guarded) =>
  server.route({ method, path: `/api${path}`, handler, options });
const missing = () => {
  throw Boom.notFound();
};
const find = ({ params }) => items.get(params.id) ?? missing();
const checkBody = (body) => {
  const { name, price } = body ?? {};
  if (typeof name !== 'string' || name === '' || typeof price !== 'number')
    throw Boom.badRequest('Invalid request payload input');
};
route('GET', '/health', () => ({ status: 'ok' }), {});
route('GET', '/items', () => [...items.values()]);
route('GET', '/items/{id}', find);
route('POST', '/items', (request, h) => {
  checkBody(request.payload);
  const item = { id: `item-${++last}`, ...request.payload };
  items.set(item.id, item);
  return h.response(item).code(201);
});
const change = (request) => {
  const item = find(request);
  const changed = { ...(request.method === 'patch' ? item : {}), ...request.payload, id: item.id };
  checkBody(changed);
  items.set(item.id, changed);
  return changed;
};
route('PUT', '/items/{id}', change);
route('PATCH', '/items/{id}', change);
route('DELETE', '/items/{id}', (request, h) => {
  items.delete(find(request).id);
  return h.response().code(204);
});
route('GET', '/search', () => ({ results: [...items.values()] }), MODE === 'per-route' ? {} : guarded);
route('GET', '/members/{id}', missing);
route('GET', '/orders/{id}/lines', missing);
route('POST', '/refunds', () => ({}));
for (const path of ['/customers', '/brands', '/categories', '/v2/stock']) route('GET', path, () => ({}));
const forbid = () => {
  throw MODE === 'hides' ? Boom.notFound() : Boom.forbidden();
};
route('GET', '/audit', forbid);
route('POST', '/audit', forbid);
route('GET', '/payroll', missing);
route('GET', '/quotes', () => {
  throw Boom.badRequest('Invalid request query input');
});
const crash = () => {
  throw new Error('the database is gone');
};
route('GET', '/statistics', crash);
route('GET', '/suppliers/{id}', crash);
route('POST', '/invoices', crash);
route('GET', '/latest', (request, h) => h.redirect('/api/items'));
route('GET', '/moved', (request, h) => h.redirect('/elsewhere').permanent());
route('GET', '/prices', () => {
  const error = Boom.tooManyRequests('Rate limit exceeded');
  error.output.headers['retry-after'] = '1';
  throw error;
});
route('GET', '/settings', () => ({ currency: 5 }));
route('GET', '/coupons', missing);

if (MODE === 'forbids') {
  server.route({
    method: '*',
    path: '/{any*}',
    handler: () => {
      throw Boom.forbidden();
    },
  });
}
if (MODE === 'page') {
  const page = '<!doctype html><title>Shop</title><div id="root"></div>';
  server.route({
    method: 'GET',
    path: '/{any*}',
    handler: (request, h) => h.response(page).type('text/html'),
  });
}
await server.start();
