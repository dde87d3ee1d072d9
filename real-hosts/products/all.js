import { jupyter } from './jupyter.js';
import { powerdns, powerdnsOneServer } from './powerdns.js';
import { wiremock } from './wiremock.js';

/** @type {readonly import('../product.js').Product[]} */
export const PRODUCTS = [wiremock, powerdns, powerdnsOneServer, jupyter];
