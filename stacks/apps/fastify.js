// The shop on Fastify, as its guide writes it.
import process from 'node:process';
import { createRequire } from 'node:module';
const require = createRequire(`${process.env.MODULES}/`);
const createApp = require('fastify');

const { MODE, PORT } = process.env;
const app = createApp();
const items = new Map([
  ['item-1', { id: 'item-1', name: 'Lamp', price: 20 }],
  ['item-2', { id: 'item-2', name: 'Chair', price: 45 }],
]);
let last = 2;

const failure = (statusCode, message) => Object.assign(new Error(message), { statusCode });
const authenticate = async (request) => {
  if (request.headers.authorization !== 'Bearer good-token-for-tests') throw failure(401, 'Unauthorized');
};
if (MODE === 'auth-first') {
  app.addHook('onRequest', async (request) => {
    if (request.url !== '/api/health') await authenticate(request);
  });
}
const guard = MODE === 'auth-first' ? {} : { onRequest: authenticate };
const forgotten = MODE === 'per-route' ? {} : guard;
const find = (id) => {
  const item = items.get(id);
  if (!item) throw failure(404, 'Item not found');
  return item;
};
const change = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: { name: { type: 'string', minLength: 1 }, price: { type: 'number', minimum: 0 } },
};
const draft = { ...change, required: ['name', 'price'] };

app.register(
  async (shop) => {
    shop.get('/health', async () => ({ status: 'ok' }));
    shop.get('/items', guard, async () => [...items.values()]);
    shop.get('/items/:id', guard, async (request) => find(request.params.id));
    shop.post('/items', { ...guard, schema: { body: draft } }, async (request, reply) => {
      const item = { id: `item-${++last}`, ...request.body };
      items.set(item.id, item);
      reply.code(201);
      return item;
    });
    const update = async (request) => {
      const item = { ...find(request.params.id), ...request.body };
      items.set(item.id, item);
      return item;
    };
    shop.put('/items/:id', { ...guard, schema: { body: draft } }, update);
    shop.patch('/items/:id', { ...guard, schema: { body: change } }, update);
    shop.delete('/items/:id', guard, async (request, reply) => {
      items.delete(find(request.params.id).id);
      reply.code(204);
    });
    shop.get('/search', forgotten, async () => ({ results: [...items.values()] }));
    const missing = async () => {
      throw failure(404, 'Nothing found');
    };
    shop.get('/members/:id', guard, missing);
    shop.get('/orders/:id/lines', guard, missing);
    shop.post('/refunds', guard, async () => ({}));
    for (const path of ['/customers', '/brands', '/categories', '/v2/stock'])
      shop.get(path, guard, async () => ({}));
    const forbid = async () => {
      throw MODE === 'hides' ? failure(404, 'Nothing found') : failure(403, 'Forbidden');
    };
    shop.get('/audit', guard, forbid);
    shop.post('/audit', guard, forbid);
    shop.get('/payroll', guard, missing);
    shop.get(
      '/quotes',
      {
        ...guard,
        schema: {
          querystring: { type: 'object', required: ['from'], properties: { from: { type: 'string' } } },
        },
      },
      async () => ({}),
    );
    const crash = async () => {
      throw new Error('the database is gone');
    };
    shop.get('/statistics', guard, crash);
    shop.get('/suppliers/:id', guard, crash);
    shop.post('/invoices', guard, crash);
    shop.get('/latest', guard, async (request, reply) => reply.redirect('/api/items'));
    shop.get('/moved', guard, async (request, reply) => reply.redirect('/elsewhere', 301));
    shop.get('/prices', guard, async (request, reply) => {
      reply.header('retry-after', 1);
      throw failure(429, 'Rate limit exceeded, retry in 1 second');
    });
    shop.get('/settings', guard, async () => ({ currency: 5 }));
    shop.get('/coupons', guard, missing);
  },
  { prefix: '/api' },
);
if (MODE === 'forbids') {
  app.setNotFoundHandler(async () => {
    throw failure(403, 'Forbidden');
  });
}
if (MODE === 'page') {
  app.get('/*', async (request, reply) =>
    reply.type('text/html').send('<!doctype html><title>Shop</title><div id="root"></div>'),
  );
}
await app.listen({ port: Number(PORT), host: '127.0.0.1' });
