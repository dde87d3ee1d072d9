import { pointer, type Json } from '../../json.js';
import type { Repair } from '../contract.js';
import type { Draft } from './repair.js';

/**
 * The host and the base path of a Swagger 2.0 document (Swagger 2.0, Swagger Object) are joined to one URL when it is
 * upgraded. What is no host or no path would make that the URL of something else.
 */
export function swaggerAddress({ document, locate }: Draft): Repair[] {
  if (document['swagger'] === undefined) return [];
  const repairs: Repair[] = [];
  const note = (member: string, what: string, assumed: string): void => {
    repairs.push({ kind: 'server', what, place: locate(pointer(member)), assumed });
  };
  const { host, basePath } = document;
  if (host !== undefined && !isHost(host)) {
    Reflect.deleteProperty(document, 'host');
    note('host', 'the host is not the name of one', 'it is left out');
  }
  if (basePath !== undefined && typeof basePath !== 'string') {
    Reflect.deleteProperty(document, 'basePath');
    note('basePath', 'the basePath is no text', 'it is left out');
  } else if (basePath !== undefined && basePath !== '' && !basePath.startsWith('/')) {
    document['basePath'] = `/${basePath}`;
    note('basePath', 'the basePath does not begin with a slash', `“/${basePath}”`);
  }
  return repairs;
}

/** A name or an address, perhaps with a port: no scheme, no path, no user. */
function isHost(value: Json): boolean {
  return typeof value === 'string' && /^[^/\\\s@?#]+$/.test(value);
}
