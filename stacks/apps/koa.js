// The shop on Koa with its router, as their guides write it.
import process from 'node:process';
import { createRequire } from 'node:module';
const require = createRequire(`${process.env.MODULES}/`);
const Koa = require('koa');
const { Router } = require('@koa/router');
const { bodyParser } = require('@koa/bodyparser');

const { MODE, PORT } = process.env;
const app = new Koa();
app.silent = true;
const router = new Router({ prefix: '/api' });
const items = new Map([
  ['item-1', { id: 'item-1', name: 'Lamp', price: 20 }],
  ['item-2', { id: 'item-2', name: 'Chair', price: 45 }],
]);
let last = 2;

const authenticate = (ctx, next) => {
  if (ctx.get('authorization') !== 'Bearer good-token-for-tests') ctx.throw(401);
  return next();
};
const through = (ctx, next) => next();
const guard = MODE === 'auth-first' ? through : authenticate;
const forgotten = MODE === 'per-route' ? through : guard;
const missing = (ctx) => ctx.throw(404);
const isValid = ({ name, price }) => typeof name === 'string' && name !== '' && typeof price === 'number';

router.get('/health', (ctx) => {
  ctx.body = { status: 'ok' };
});
router.get('/items', guard, (ctx) => {
  ctx.body = [...items.values()];
});
router.get('/items/:id', guard, (ctx) => {
  ctx.body = items.get(ctx.params.id) ?? ctx.throw(404);
});
router.post('/items', guard, (ctx) => {
  if (!isValid(ctx.request.body ?? {})) ctx.throw(400, 'name and price are required');
  const item = { id: `item-${++last}`, ...ctx.request.body };
  items.set(item.id, item);
  ctx.status = 201;
  ctx.body = item;
});
const change = (ctx) => {
  const item = items.get(ctx.params.id) ?? ctx.throw(404);
  const changed = { ...(ctx.method === 'PATCH' ? item : {}), ...ctx.request.body, id: item.id };
  if (!isValid(changed)) ctx.throw(400, 'name and price are required');
  items.set(item.id, changed);
  ctx.body = changed;
};
router.put('/items/:id', guard, change);
router.patch('/items/:id', guard, change);
router.delete('/items/:id', guard, (ctx) => {
  if (!items.delete(ctx.params.id)) ctx.throw(404);
  ctx.status = 204;
});
router.get('/search', forgotten, (ctx) => {
  ctx.body = { results: [...items.values()] };
});
router.get('/members/:id', guard, missing);
router.get('/orders/:id/lines', guard, missing);
const object = (ctx) => {
  ctx.body = {};
};
router.post('/refunds', guard, object);
for (const path of ['/customers', '/brands', '/categories', '/v2/stock']) router.get(path, guard, object);
const forbid = (ctx) => ctx.throw(MODE === 'hides' ? 404 : 403);
router.get('/audit', guard, forbid);
router.post('/audit', guard, forbid);
router.get('/payroll', guard, missing);
router.get('/quotes', guard, (ctx) => ctx.throw(400, 'from is required'));
const crash = () => {
  throw new Error('the database is gone');
};
router.get('/statistics', guard, crash);
router.get('/suppliers/:id', guard, crash);
router.post('/invoices', guard, crash);
router.get('/latest', guard, (ctx) => ctx.redirect('/api/items'));
router.get('/moved', guard, (ctx) => {
  ctx.status = 301;
  ctx.redirect('/elsewhere');
});
router.get('/prices', guard, (ctx) => {
  ctx.status = 429;
  ctx.set('Retry-After', '1');
  ctx.body = 'Too Many Requests';
});
router.get('/settings', guard, (ctx) => {
  ctx.body = { currency: 5 };
});
router.get('/coupons', guard, missing);

app.use(bodyParser());
if (MODE === 'auth-first')
  app.use((ctx, next) => (ctx.path === '/api/health' ? next() : authenticate(ctx, next)));
app.use(router.routes());
app.use(router.allowedMethods());
const isUnknown = (ctx) => !ctx.matched?.length;
if (MODE === 'forbids') app.use((ctx) => (isUnknown(ctx) ? ctx.throw(403) : undefined));
if (MODE === 'page') {
  app.use((ctx) => {
    if (ctx.method !== 'GET' || !isUnknown(ctx)) return;
    ctx.type = 'html';
    ctx.body = '<!doctype html><title>Shop</title><div id="root"></div>';
  });
}
app.listen(Number(PORT), '127.0.0.1');
