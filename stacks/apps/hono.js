// The shop on Hono, as its guide writes it.
import process from 'node:process';
import { createRequire } from 'node:module';
const require = createRequire(`${process.env.MODULES}/`);
const { Hono } = require('hono');
const { bearerAuth } = require('hono/bearer-auth');
const { HTTPException } = require('hono/http-exception');
const { serve } = require('@hono/node-server');

const { MODE, PORT } = process.env;
const app = new Hono();
const shop = new Hono();
const items = new Map([
  ['item-1', { id: 'item-1', name: 'Lamp', price: 20 }],
  ['item-2', { id: 'item-2', name: 'Chair', price: 45 }],
]);
let last = 2;

const authenticate = bearerAuth({ token: 'good-token-for-tests' });
const through = (c, next) => next();
const guard = MODE === 'auth-first' ? through : authenticate;
const forgotten = MODE === 'per-route' ? through : guard;
const missing = (c) => c.notFound();
const isValid = ({ name, price }) => typeof name === 'string' && name !== '' && typeof price === 'number';

if (MODE === 'auth-first')
  app.use((c, next) => (c.req.path === '/api/health' ? next() : authenticate(c, next)));
shop.get('/health', (c) => c.json({ status: 'ok' }));
shop.get('/items', guard, (c) => c.json([...items.values()]));
shop.get('/items/:id', guard, (c) => {
  const item = items.get(c.req.param('id'));
  return item ? c.json(item) : c.notFound();
});
shop.post('/items', guard, async (c) => {
  const body = await c.req.json();
  if (!isValid(body)) throw new HTTPException(400, { message: 'name and price are required' });
  const item = { id: `item-${++last}`, ...body };
  items.set(item.id, item);
  return c.json(item, 201);
});
const change = async (c) => {
  const item = items.get(c.req.param('id'));
  if (!item) return c.notFound();
  const changed = { ...(c.req.method === 'PATCH' ? item : {}), ...(await c.req.json()), id: item.id };
  if (!isValid(changed)) throw new HTTPException(400, { message: 'name and price are required' });
  items.set(item.id, changed);
  return c.json(changed);
};
shop.put('/items/:id', guard, change);
shop.patch('/items/:id', guard, change);
shop.delete('/items/:id', guard, (c) => (items.delete(c.req.param('id')) ? c.body(null, 204) : c.notFound()));
shop.get('/search', forgotten, (c) => c.json({ results: [...items.values()] }));
shop.get('/members/:id', guard, missing);
shop.get('/orders/:id/lines', guard, missing);
shop.post('/refunds', guard, (c) => c.json({}, 201));
for (const path of ['/customers', '/brands', '/categories', '/v2/stock'])
  shop.get(path, guard, (c) => c.json({}));
const forbid = (c) => (MODE === 'hides' ? c.notFound() : c.text('Forbidden', 403));
shop.get('/audit', guard, forbid);
shop.post('/audit', guard, forbid);
shop.get('/payroll', guard, missing);
shop.get('/quotes', guard, () => {
  throw new HTTPException(400, { message: 'from is required' });
});
const crash = () => {
  throw new Error('the database is gone');
};
shop.get('/statistics', guard, crash);
shop.get('/suppliers/:id', guard, crash);
shop.post('/invoices', guard, crash);
shop.get('/latest', guard, (c) => c.redirect('/api/items'));
shop.get('/moved', guard, (c) => c.redirect('/elsewhere', 301));
shop.get('/prices', guard, (c) => c.text('Too many requests', 429, { 'Retry-After': '1' }));
shop.get('/settings', guard, (c) => c.json({ currency: 5 }));
shop.get('/coupons', guard, missing);

app.route('/api', shop);
if (MODE === 'forbids') app.notFound((c) => c.text('Forbidden', 403));
if (MODE === 'page') {
  app.notFound((c) =>
    c.req.method === 'GET'
      ? c.html('<!doctype html><title>Shop</title><div id="root"></div>')
      : c.text('404 Not Found', 404),
  );
}
serve({ fetch: app.fetch, port: Number(PORT), hostname: '127.0.0.1' });
