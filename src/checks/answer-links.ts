import { isArray, isObject, type Json } from '../json.js';
import { header, type Answer } from '../target/reply.js';

/** The link of an answer to itself: in its body as the common forms have it, or in its header Link (RFC 8288). */
export function selfOf(body: Json | undefined, answer: Answer): string | undefined {
  const found = inBody(body) ?? /<([^>]*)>\s*;[^,]*\brel="?self\b/i.exec(header(answer, 'link') ?? '')?.[1];
  return found !== undefined && isAddress(found) ? found : undefined;
}

function inBody(body: Json | undefined): string | undefined {
  if (!isObject(body)) return undefined;
  for (const name of ['_links', 'links', 'link']) {
    const links = body[name];
    if (isObject(links)) return addressOf(links['self']);
    // A list of links, each with its relation, as FHIR has it.
    if (isArray(links)) return addressOf(links.find(isSelf));
  }
  return addressOf(body['self'] ?? body['href']);
}

function isSelf(link: Json): boolean {
  return isObject(link) && (link['relation'] === 'self' || link['rel'] === 'self');
}

function addressOf(link: Json | undefined): string | undefined {
  if (typeof link === 'string') return link;
  if (!isObject(link)) return undefined;
  const address = link['href'] ?? link['url'];
  return typeof address === 'string' ? address : undefined;
}

/** One that is a template (RFC 6570) has to be filled in first, and leads nowhere as it is. */
function isAddress(link: string): boolean {
  return /^(https?:\/\/|\/|\?)/i.test(link) && !/[{}]/.test(link);
}
