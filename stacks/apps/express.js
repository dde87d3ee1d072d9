// The shop on Express, as its guide writes it.
import process from 'node:process';
import { createRequire } from 'node:module';
const require = createRequire(`${process.env.MODULES}/`);
const express = require('express');

const { MODE, PORT } = process.env;
const app = express();
const shop = express.Router();
const items = new Map([
  ['item-1', { id: 'item-1', name: 'Lamp', price: 20 }],
  ['item-2', { id: 'item-2', name: 'Chair', price: 45 }],
]);
let last = 2;

const authenticate = (req, res, next) => {
  const token = req.get('authorization')?.replace('Bearer ', '');
  if (token === 'good-token-for-tests') return next();
  const error =
    token === 'expired-token-for-tests' ? 'Token expired' : token ? 'Invalid token' : 'No token provided';
  res.status(401).json({ error });
};
const guard = MODE === 'auth-first' ? [] : [authenticate];
const forgotten = MODE === 'per-route' ? [] : guard;
const notFound = (res) => res.status(404).json({ error: 'Resource not found' });

app.use(express.json());
if (MODE === 'auth-first') {
  app.use((req, res, next) => (req.path === '/api/health' ? next() : authenticate(req, res, next)));
}
shop.get('/health', (req, res) => res.json({ status: 'ok' }));
shop.get('/items', guard, (req, res) => res.json([...items.values()]));
shop.get('/items/:id', guard, (req, res) => {
  const item = items.get(req.params.id);
  return item ? res.json(item) : notFound(res);
});
const isValid = ({ name, price }) => typeof name === 'string' && name !== '' && typeof price === 'number';
shop.post('/items', guard, (req, res) => {
  if (!isValid(req.body ?? {})) return res.status(400).json({ error: 'Validation failed' });
  const item = { id: `item-${++last}`, ...req.body };
  items.set(item.id, item);
  res.status(201).json(item);
});
const change = (req, res) => {
  const item = items.get(req.params.id);
  if (!item) return notFound(res);
  const changed = { ...(req.method === 'PATCH' ? item : {}), ...req.body, id: item.id };
  if (!isValid(changed)) return res.status(400).json({ error: 'Validation failed' });
  items.set(item.id, changed);
  res.json(changed);
};
shop.put('/items/:id', guard, change);
shop.patch('/items/:id', guard, change);
shop.delete('/items/:id', guard, (req, res) => {
  if (!items.delete(req.params.id)) return notFound(res);
  res.status(204).end();
});
shop.get('/search', forgotten, (req, res) => res.json({ results: [...items.values()] }));
shop.get('/members/:id', guard, (req, res) => notFound(res));
shop.get('/orders/:id/lines', guard, (req, res) => notFound(res));
shop.post('/refunds', guard, (req, res) => res.status(201).json({}));
for (const path of ['/customers', '/brands', '/categories', '/v2/stock']) {
  shop.get(path, guard, (req, res) => res.json({}));
}
const forbid = (req, res) =>
  MODE === 'hides' ? notFound(res) : res.status(403).json({ error: 'Forbidden' });
shop.get('/audit', guard, forbid);
shop.post('/audit', guard, forbid);
shop.get('/payroll', guard, (req, res) => notFound(res));
shop.get('/quotes', guard, (req, res) => res.status(400).json({ error: 'from is required' }));
const crash = () => {
  throw new Error('the database is gone');
};
shop.get('/statistics', guard, crash);
shop.get('/suppliers/:id', guard, crash);
shop.post('/invoices', guard, crash);
shop.get('/latest', guard, (req, res) => res.redirect('/api/items'));
shop.get('/moved', guard, (req, res) => res.redirect(301, '/elsewhere'));
shop.get('/prices', guard, (req, res) =>
  res.status(429).set('Retry-After', '1').json({ error: 'Too many requests, please try again later.' }),
);
shop.get('/settings', guard, (req, res) => res.json({ currency: 5 }));
shop.get('/coupons', guard, (req, res) => notFound(res));

app.use('/api', shop);
if (MODE === 'forbids') app.use((req, res) => res.status(403).json({ error: 'Forbidden' }));
if (MODE === 'page') {
  app.get('/{*path}', (req, res) =>
    res.type('html').send('<!doctype html><title>Shop</title><div id="root"></div>'),
  );
}
app.listen(Number(PORT), '127.0.0.1');
