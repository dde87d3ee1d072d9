// The operations of the shop: what its contract says there is, and what its server really has.

/**
 * What the server makes of an operation, once the caller is let in.
 * @typedef {'works' | 'deviates' | 'documented redirect' | 'other redirect' | 'empty' | 'absent' | 'invalid'
 *   | 'forbidden' | 'hidden' | 'crashes' | 'throttled'
 *   | 'no path' | 'no path below' | 'other method' | 'slash' | 'case' | 'plural' | 'prefix'} Kind
 */

/**
 * @typedef {object} Operation
 * @property {string} id method and path, as the contract has them
 * @property {string} method
 * @property {string} path
 * @property {Kind} kind
 * @property {boolean} safe
 * @property {boolean} isPublic whether the contract asks for no credentials
 * @property {boolean} forgotten whether a server that authenticates per route has forgotten to
 * @property {boolean} listed whether the id in its path comes from `GET /items`
 * @property {boolean} takesBody
 * @property {boolean} createsOrChanges whether a run may really ask it: what it changes, it has created
 */

/** @type {readonly [id: string, kind: Kind][]} */
const KINDS = [
  ['GET /health', 'works'],
  ['GET /items', 'works'],
  ['GET /items/{itemId}', 'works'],
  ['GET /search', 'works'],
  ['GET /members/{memberId}', 'absent'],
  ['GET /orders/{orderId}/lines', 'absent'],
  ['GET /items/{itemId}/photos', 'no path below'],
  ['GET /warehouses', 'no path'],
  ['GET /refunds', 'other method'],
  ['GET /customers/', 'slash'],
  ['GET /Brands', 'case'],
  ['GET /category', 'plural'],
  ['GET /stock', 'prefix'],
  ['GET /audit', 'forbidden'],
  ['GET /payroll', 'hidden'],
  ['GET /quotes', 'invalid'],
  ['GET /statistics', 'crashes'],
  ['GET /suppliers/{supplierId}', 'crashes'],
  ['GET /latest', 'documented redirect'],
  ['GET /moved', 'other redirect'],
  ['GET /prices', 'throttled'],
  ['GET /settings', 'deviates'],
  ['GET /coupons', 'empty'],
  ['POST /items', 'works'],
  ['PUT /items/{itemId}', 'works'],
  ['PATCH /items/{itemId}', 'works'],
  ['DELETE /items/{itemId}', 'works'],
  ['POST /warehouses', 'no path'],
  ['POST /statistics', 'other method'],
  ['POST /audit', 'forbidden'],
  ['POST /invoices', 'crashes'],
  ['DELETE /members/{memberId}', 'other method'],
  ['DELETE /coupons/{couponId}', 'no path below'],
];

const SAFE = ['GET', 'HEAD'];

/** @type {readonly Operation[]} */
export const OPERATIONS = KINDS.map(([id, kind]) => {
  const [method = '', path = ''] = id.split(' ');
  const safe = SAFE.includes(method);
  return {
    id,
    method,
    path,
    kind,
    safe,
    isPublic: path === '/health',
    forgotten: path === '/search',
    listed: path.startsWith('/items/'),
    takesBody: ['POST', 'PUT', 'PATCH'].includes(method),
    createsOrChanges: !safe && kind === 'works',
  };
});

/** @param {string} id @returns {Operation} */
export function operation(id) {
  const found = OPERATIONS.find((one) => one.id === id);
  if (!found) throw new Error(`the shop has no ${id}`);
  return found;
}

/** The id of an item that is there. */
export const ITEM_ID = 'item-1';

/** Ids of what is not there, by the parameter that takes them. @type {Readonly<Record<string, string>>} */
export const IDS_OF_NOTHING = {
  memberId: 'member-none',
  orderId: 'order-none',
  supplierId: 'supplier-none',
  couponId: 'coupon-none',
};
