// The shop on NestJS, as its documentation writes it; its decorators are called as functions, for want of a compiler.
import process from 'node:process';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
const require = createRequire(`${process.env.MODULES}/`);
const load = (name) => import(pathToFileURL(require.resolve(name)).href);
await load('reflect-metadata');
const { NestFactory } = await load('@nestjs/core');
const nest = await load('@nestjs/common');

const { MODE, PORT } = process.env;
const items = new Map([
  ['item-1', { id: 'item-1', name: 'Lamp', price: 20 }],
  ['item-2', { id: 'item-2', name: 'Chair', price: 45 }],
]);
let last = 2;

const isGood = (request) => request.headers.authorization === 'Bearer good-token-for-tests';
class AuthGuard {
  canActivate(context) {
    if (!isGood(context.switchToHttp().getRequest())) throw new nest.UnauthorizedException();
    return true;
  }
}
const missing = () => {
  throw new nest.NotFoundException();
};
const find = (id) => items.get(id) ?? missing();
const checkBody = (body) => {
  const { name, price } = body ?? {};
  if (typeof name !== 'string' || name === '' || typeof price !== 'number') {
    throw new nest.BadRequestException(['name must be a string', 'price must be a number']);
  }
};

function ShopController() {}
const shop = ShopController.prototype;
let count = 0;
const route = (decorator, handle, { guarded = true, params = [], decorators = [] } = {}) => {
  const name = `handler${++count}`;
  // What a decorator notes, it notes at the function: each route has one of its own.
  shop[name] = (...given) => handle(...given);
  const own = Object.getOwnPropertyDescriptor(shop, name);
  params.forEach((param, index) => param(shop, name, index));
  const guard = guarded && MODE !== 'auth-first' ? [nest.UseGuards(AuthGuard)] : [];
  for (const decorate of [decorator, ...guard, ...decorators]) decorate(shop, name, own);
};
const id = nest.Param('id');
const body = nest.Body();
route(nest.Get('health'), () => ({ status: 'ok' }), { guarded: false });
route(nest.Get('items'), () => [...items.values()]);
route(nest.Get('items/:id'), find, { params: [id] });
route(
  nest.Post('items'),
  (given) => {
    checkBody(given);
    const item = { id: `item-${++last}`, ...given };
    items.set(item.id, item);
    return item;
  },
  { params: [body] },
);
const change = (found, given) => {
  checkBody(given);
  items.set(found.id, { ...given, id: found.id });
  return items.get(found.id);
};
route(nest.Put('items/:id'), (item, given) => change(find(item), given), { params: [id, body] });
route(
  nest.Patch('items/:id'),
  (item, given) => {
    const found = find(item);
    return change(found, { ...found, ...given });
  },
  { params: [id, body] },
);
route(nest.Delete('items/:id'), (item) => void items.delete(find(item).id), {
  params: [id],
  decorators: [nest.HttpCode(204)],
});
route(nest.Get('search'), () => ({ results: [...items.values()] }), { guarded: MODE !== 'per-route' });
route(nest.Get('members/:id'), missing);
route(nest.Get('orders/:id/lines'), missing);
route(nest.Post('refunds'), () => ({}));
for (const path of ['customers', 'brands', 'categories', 'v2/stock']) route(nest.Get(path), () => ({}));
const forbid = () => {
  throw MODE === 'hides' ? new nest.NotFoundException() : new nest.ForbiddenException();
};
route(nest.Get('audit'), forbid);
route(nest.Post('audit'), forbid);
route(nest.Get('payroll'), missing);
route(nest.Get('quotes'), () => {
  throw new nest.BadRequestException(['from should not be empty']);
});
const crash = () => {
  throw new Error('the database is gone');
};
route(nest.Get('statistics'), crash);
route(nest.Get('suppliers/:id'), crash);
route(nest.Post('invoices'), crash);
route(nest.Get('latest'), () => undefined, { decorators: [nest.Redirect('/api/items', 302)] });
route(nest.Get('moved'), () => undefined, { decorators: [nest.Redirect('/elsewhere', 301)] });
route(
  nest.Get('prices'),
  () => {
    throw new nest.HttpException('ThrottlerException: Too Many Requests', 429);
  },
  { decorators: [nest.Header('Retry-After', '1')] },
);
route(nest.Get('settings'), () => ({ currency: 5 }));
route(nest.Get('coupons'), missing);
nest.Controller()(ShopController);

class NotFoundFilter {
  catch(exception, host) {
    const response = host.switchToHttp().getResponse();
    const request = host.switchToHttp().getRequest();
    if (MODE === 'forbids') return response.status(403).json(new nest.ForbiddenException().getResponse());
    if (request.method === 'GET')
      return response.type('html').send('<!doctype html><title>Shop</title><div id="root"></div>');
    response.status(404).json(exception.getResponse());
  }
}
nest.Catch(nest.NotFoundException)(NotFoundFilter);

function AppModule() {}
nest.Module({ controllers: [ShopController] })(AppModule);
const app = await NestFactory.create(AppModule, { logger: false });
app.setGlobalPrefix('api');
if (MODE === 'auth-first') {
  app.use((request, response, next) => {
    if (request.originalUrl === '/api/health' || isGood(request)) return next();
    response.status(401).json(new nest.UnauthorizedException().getResponse());
  });
}
if (MODE === 'forbids' || MODE === 'page') app.useGlobalFilters(new NotFoundFilter());
await app.listen(Number(PORT), '127.0.0.1');
