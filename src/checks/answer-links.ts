import { isArray, isObject, type Json } from '../json.js';
import { header, type Answer } from '../targets/reply.js';

/** The link of an answer to itself: in its body as the common forms have it, or in its header Link (RFC 8288). */
export function selfOf(body: Json | undefined, answer: Answer): string | undefined {
  const found = inBody(body) ?? linkHeader(answer, 'self');
  return found !== undefined && isAddress(found) ? found : undefined;
}

function inBody(body: Json | undefined): string | undefined {
  if (!isObject(body)) return undefined;
  for (const name of ['_links', 'links', 'link']) {
    const links = body[name];
    if (isObject(links)) return addressOf(links['self']);
    // A list of links, each with its relation, as FHIR has it.
    if (isArray(links)) return addressOf(related(links, 'self'));
  }
  return addressOf(body['self'] ?? body['href']);
}

/** The link of a relation in the header Link (RFC 8288, section 3). */
export function linkHeader(answer: Answer, relation: 'self' | 'next'): string | undefined {
  const links = [...(header(answer, 'link') ?? '').matchAll(/<([^>]*)>\s*;[^,]*\brel="?(self|next)\b/gi)];
  return links.find(([, , named]) => named?.toLowerCase() === relation)?.[1];
}

/** The link of a relation in a list of links. */
export function related(links: readonly Json[], relation: 'self' | 'next'): Json | undefined {
  return links.find((one) => isObject(one) && (one['relation'] === relation || one['rel'] === relation));
}

/** The address of a link: a text, or the member that holds it. */
export function addressOf(link: Json | undefined): string | undefined {
  if (typeof link === 'string') return link;
  if (!isObject(link)) return undefined;
  const address = link['href'] ?? link['url'];
  return typeof address === 'string' ? address : undefined;
}

/** One that is a template (RFC 6570) has to be filled in first, and leads nowhere as it is. */
function isAddress(link: string): boolean {
  return /^(https?:\/\/|\/|\?)/i.test(link) && !/[{}]/.test(link);
}
