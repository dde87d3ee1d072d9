import type { Contract } from '../contract/contract.js';
import type { Validator } from '../contract/schema/validator.js';
import { findViolations } from '../checks/find-violations.js';
import type { Json } from '../json.js';
import type { Manner } from '../probe/writes.js';
import type { Answer, BodyDamage } from '../targets/reply.js';
import type { Finding } from '../verdict/verdict.js';
import { answer, contractOf } from './host.js';

/** A contract that promises of answers whatever can be promised of them, for the tests of the checks that hold them to it. */
export const CONTRACT: Contract = contractOf(`
/things/:
  get:
    responses:
      '200':
        description: ok
        headers:
          X-Total: { required: true, schema: { type: integer } }
          X-Page: { schema: { type: integer } }
          Content-Type: { required: true, schema: { type: string } }
        content: { application/json: { schema: { type: object, required: [id], properties: { id: { type: integer } } } } }
      '204': { description: nothing, content: { application/json: { schema: { type: object } } } }
      4XX: { description: refused, content: { 'text/*': {} } }
      '410':
        description: gone
        content: { application/json: { schema: { type: object, required: [since] } } }
/lists/:
  get:
    responses:
      default: { description: ok, content: { application/json: { schema: { type: array, items: { type: integer } } } } }
/maps/:
  get:
    responses:
      '200':
        description: ok
        content: { application/json: { schema: { type: object, additionalProperties: { type: integer, enum: [1] } } } }
/files/:
  get:
    responses:
      '200':
        description: ok
        content:
          application/pdf: { schema: { type: string, format: binary } }
          text/csv: { schema: { type: string, pattern: '^name' } }
          text/plain: { schema: { type: integer } }
          application/xml: { schema: { type: object } }
/notes/:
  get:
    responses:
      '200':
        description: ok
        content: { text/json: { schema: { type: object, properties: { id: { type: integer } } } } }
/several/:
  get:
    responses:
      '200':
        description: ok
        headers:
          X-List: { schema: { type: array, items: { type: integer } } }
          X-Pair: { schema: { type: object, properties: { a: { type: integer } } } }
          X-Json: { content: { application/json: { schema: { type: object } } } }
        content:
          application/json: { schema: { type: array } }
          application/vnd.api+json: { schema: { type: object, required: [data] } }
          application/json; version=2: { schema: { type: string } }
          application/*: { schema: { type: object, required: [star] } }
          '*/*': { schema: { type: object, required: [any] } }
/broken/:
  get:
    responses:
      '200': { description: ok, content: { application/json: { schema: { type: object, required: no-list } } } }
`);

/** What is found in an answer to a read of a path of that contract. */
export function foundIn(
  reply: Answer,
  path = '/things/',
  manner: Manner = 'plain',
  validator: Validator = CONTRACT.validators.answer,
): Finding[] {
  const operation = CONTRACT.operations.find((one) => one.path === path);
  if (!operation) throw new Error('no such operation');
  return findViolations(operation, reply, validator, manner);
}

/** The same, as `check, severity: message`. */
export function linesOf(findings: readonly Finding[]): string[] {
  return findings.map(({ check, code, severity, message }) => `${check} ${code}, ${severity}: ${message}`);
}

/** The headers that the contract requires. */
export const TOTAL = { 'x-total': '1' };

/** An answer that keeps the contract, but for what is given. */
export function good(
  body: Json | undefined = { id: 1 },
  headers: Record<string, string> = TOTAL,
  damage?: BodyDamage,
): Answer {
  return answer(200, body, headers, damage);
}

/** An answer whose body is bytes that are no UTF-8. */
export function bytes(body: readonly number[], type: string): Answer {
  return { ...answer(200, undefined, { 'content-type': type }), body: Buffer.from(body) };
}
