import type { Call, Hints } from '../call.js';
import type { Address } from './address.js';

/** Why a request is none of an API, as it is counted. */
export const PASSED_OVER = {
  preflight: 'preflights and other OPTIONS',
  socket: 'web sockets',
  tunnel: 'tunnels of a proxy',
  asset: 'pages and their assets',
  noHost: 'URLs that go to no host (data:, blob:, extensions)',
} as const;

/** What a request is that no operation of the contract has, if it is none of an API at all. */
export function passedOver(
  { method, hints = {} }: Pick<Call, 'method' | 'hints'>,
  { path }: Address,
): string | undefined {
  if (method === 'OPTIONS') return PASSED_OVER.preflight;
  if (method === 'CONNECT') return PASSED_OVER.tunnel;
  if (method !== undefined && method !== 'GET' && method !== 'HEAD') return undefined;
  return isAsset(hints, path) ? PASSED_OVER.asset : undefined;
}

/** A page or what it is made of: by what the browser calls it, by the answer, and otherwise by the end of its name. */
function isAsset({ resourceType, answerType }: Hints, path: string): boolean {
  if (resourceType !== undefined && PAGE_TYPES.has(resourceType.toLowerCase())) return true;
  if (resourceType !== undefined && CALL_TYPES.has(resourceType.toLowerCase())) return false;
  if (answerType !== undefined && ASSET_TYPE.test(answerType)) return true;
  return ASSET_NAME.test(path);
}

/** Resource types of the browsers (Chrome DevTools Protocol, Network.ResourceType). */
const PAGE_TYPES: ReadonlySet<string> = new Set([
  ...[
    'document',
    'stylesheet',
    'script',
    'image',
    'imageset',
    'font',
    'media',
    'texttrack',
    'manifest',
    'ping',
  ],
  ...['cspviolationreport', 'prefetch', 'signedexchange', 'beacon', 'websocket'],
]);
const CALL_TYPES: ReadonlySet<string> = new Set(['fetch', 'xhr', 'eventsource']);
const ASSET_TYPE =
  /^(?:text\/(?:html|css|javascript)|(?:application|text)\/(?:x-)?(?:java|ecma)script|image\/|font\/|audio\/|video\/|application\/(?:x-)?font|application\/wasm)/i;
const ASSET_NAME =
  /\.(?:html?|css|m?js|map|png|jpe?g|gif|svg|ico|webp|avif|woff2?|ttf|otf|eot|mp[34]|webm|wasm|webmanifest)$/i;
