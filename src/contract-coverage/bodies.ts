import type { MediaType } from '../contract/content.js';
import type { Operation } from '../contract/operation.js';
import type { DocumentedResponse } from '../contract/response.js';
import { isJsonType } from '../json.js';

const FORM = 'application/x-www-form-urlencoded';

type Content = Readonly<Record<string, MediaType>>;

/** Whether the members of a body in a media type are looked at: those of JSON, and of the forms of requests. */
export function hasMembers(type: string, side: 'request' | 'answer'): boolean {
  return isJsonType(type) || type === '*/*' || (side === 'request' && isForm(type));
}

export function isForm(type: string): boolean {
  return type.toLowerCase().startsWith(FORM);
}

/** The schemas of bodies whose members are looked at, as JSON Pointers. */
export function memberSchemas(content: Content, side: 'request' | 'answer'): string[] {
  return Object.entries(content).flatMap(([type, { schemaPointer }]) =>
    schemaPointer !== undefined && hasMembers(type, side) ? [schemaPointer] : [],
  );
}

/** The media types that the contract has for an operation, as they are called in what is seen. */
export function mediaTypeKeys({ body, responses }: Pick<Operation, 'body' | 'responses'>): string[] {
  const requested = Object.keys(body?.content ?? {}).map((type) => `request ${type}`);
  const answered = Object.entries(responses).flatMap(([status, { content }]) =>
    Object.keys(content).map((type) => `${status} ${type}`),
  );
  return [...requested, ...answered];
}

/** The responses that stand for a success: by their statuses, or `default` where no other does. */
export function successesOf({ responses }: Pick<Operation, 'responses'>): DocumentedResponse[] {
  const own = Object.entries(responses).filter(([status]) => status.startsWith('2'));
  const [standsFor] = own.length > 0 ? [] : [responses['default']];
  return [...own.map(([, response]) => response), ...(standsFor ? [standsFor] : [])];
}
