import { expect, test } from 'vitest';
import { contractOf } from '../testing/host.js';
import { linksOf } from './links.js';

/** The links of a read that has this one, in YAML, as text. */
function linksWith(link: string): string[] {
  const contract = contractOf(`
/things: { get: { responses: { '200': { links: { one: ${link} } } } } }
/things/{id}: { get: { operationId: read, x-link: { operationId: read, parameters: { id: $response.body#/a } } } }
`);
  return linksOf(contract).map(
    ({ from, status, to, expressions }) =>
      `${from.id} ${status} ${to.id} ${[...expressions].map((one) => one.join('=')).join()}`,
  );
}

const TO = 'GET /things 200 GET /things/{id}';

test.each<[link: string, expected: string[]]>([
  ['{ operationId: read, parameters: { id: $response.body#/a } }', [`${TO} id=$response.body#/a`]],
  ['{ operationId: read, parameters: { path.id: $response.body#/a } }', [`${TO} id=$response.body#/a`]],
  ['{ operationRef: "#/paths/~1things~1{id}/get", parameters: { id: $url } }', [`${TO} id=$url`]],
  ['{ operationRef: "#/paths/~1things~1%7Bid%7D/get", parameters: { id: $url } }', [`${TO} id=$url`]],
  ['{ $ref: "#/paths/~1things~1{id}/get/x-link" }', [`${TO} id=$response.body#/a`]],
  ['{ operationId: other, parameters: { id: $url } }', []],
  ['{ operationRef: "https://other.example/api#/paths/~1things~1{id}/get", parameters: { id: $url } }', []],
  ['{ operationId: read, parameters: { query.id: $url, other: $url } }', []],
  ['{ operationId: read, parameters: { id: constant } }', []],
  ['{ operationId: read, parameters: { id: 7 } }', []],
  ['{ operationId: read }', []],
  ['[]', []],
  ['{ $ref: "#/paths/~1things/get/responses/200/links/one" }', []],
])('%s', (link, expected) => {
  expect(linksWith(link)).toEqual(expected);
});
