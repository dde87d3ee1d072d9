import { expect, test } from 'vitest';
import type { JsonObject } from '../json.js';
import { operationsOf } from './operations.js';
import { upgradeSwagger } from './upgrade.js';

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';

/** Of the operations of one path, by method: the names of their parameters, and the media types of their bodies. */
async function bodiesOf(item: JsonObject) {
  const document = {
    swagger: '2.0',
    info: { title: 'Shop', version: '1' },
    parameters: { Shared: { name: 'body', in: 'body', schema: { type: 'object' } } },
    paths: { '/things/{id}': item },
  };
  const operations = operationsOf(await upgradeSwagger(document, 'swagger.yaml'));
  return Object.fromEntries(
    operations.map(({ method, body, parameters }) => [
      method,
      [parameters.map(({ name }) => name), Object.keys(body?.content ?? {})],
    ]),
  );
}

const ID = { name: 'id', in: 'path', required: true, type: 'string' };
const BODY = { name: 'thing', in: 'body', schema: { type: 'object' } };
const operation = () => ({ responses: { 200: { description: 'ok' } } });
const member = (name: string) => ({ name, in: 'formData', type: 'string' });

test.each([
  ['written there', BODY],
  ['shared by the document', { $ref: '#/parameters/Shared' }],
])('every operation of a path has the body of the path: %s', async (_, body) => {
  expect(await bodiesOf({ parameters: [ID, body], put: operation(), post: operation() })).toEqual({
    PUT: [['id'], [JSON_TYPE]],
    POST: [['id'], [JSON_TYPE]],
  });
});

test('an operation’s own body takes the place of that of the path', async () => {
  const item = {
    parameters: [ID, BODY],
    put: { ...operation(), consumes: ['text/plain'], parameters: [{ ...BODY, name: 'other' }] },
  };
  expect(await bodiesOf(item)).toEqual({ PUT: [['id'], ['text/plain']] });
});

test('an operation has the members of its own form and of that of the path', async () => {
  const document = await upgradeSwagger(
    {
      swagger: '2.0',
      info: { title: 'Shop', version: '1' },
      paths: {
        '/things': {
          parameters: [member('a'), member('b')],
          post: { ...operation(), consumes: [FORM_TYPE], parameters: [member('b'), member('c')] },
        },
      },
    },
    'swagger.yaml',
  );
  expect(document).toMatchObject({
    paths: {
      '/things': {
        post: {
          requestBody: {
            content: {
              [FORM_TYPE]: {
                schema: {
                  properties: { a: { type: 'string' }, b: { type: 'string' }, c: { type: 'string' } },
                },
              },
            },
          },
        },
      },
    },
  });
});
