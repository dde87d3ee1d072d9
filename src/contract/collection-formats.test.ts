import { expect, test } from 'vitest';
import type { JsonObject } from '../json.js';
import { operationsOf } from './operations.js';
import { upgradeSwagger } from './upgrade.js';

const FORMATS = [undefined, 'csv', 'ssv', 'tsv', 'pipes', 'multi'];

/** The only operation of a Swagger 2.0 document with these parameters. */
async function upgraded(place: string, format: string | undefined, consumes: string) {
  const parameter: JsonObject = {
    ...{ name: 'ids', in: place, required: true, type: 'array', items: { type: 'integer' } },
    ...(format === undefined ? {} : { collectionFormat: format }),
  };
  const document = await upgradeSwagger(
    {
      swagger: '2.0',
      info: { title: 'Shop', version: '1' },
      paths: {
        [place === 'path' ? '/things/{ids}' : '/things']: {
          post: { consumes: [consumes], parameters: [parameter], responses: { 200: { description: 'ok' } } },
        },
      },
    },
    'swagger.yaml',
  );
  const [operation] = operationsOf(document);
  if (!operation) throw new Error('no operation');
  return operation;
}

test.each([
  ['query', ['form', 'form', 'spaceDelimited', 'tabDelimited', 'pipeDelimited', 'form*']],
  ['path', ['simple', 'simple', 'spaceDelimited', 'tabDelimited', 'pipeDelimited', 'simple*']],
  ['header', ['simple', 'simple', 'spaceDelimited', 'tabDelimited', 'pipeDelimited', 'simple*']],
])('every collectionFormat of a parameter in %s is kept; * is exploded', async (place, expected) => {
  const operations = await Promise.all(FORMATS.map((format) => upgraded(place, format, 'application/json')));
  const [...styles] = operations.map(({ parameters: [parameter] }) =>
    parameter ? parameter.style + (parameter.explode ? '*' : '') : '',
  );
  expect(styles).toEqual(expected);
});

test.each(['application/x-www-form-urlencoded', 'multipart/form-data'])(
  'every collectionFormat of a member of a form (%s) is kept',
  async (type) => {
    const operations = await Promise.all(FORMATS.map((format) => upgraded('formData', format, type)));
    expect(operations.map(({ body }) => body?.content[type]?.encoding['ids'])).toEqual([
      { style: 'form', explode: false },
      { style: 'form', explode: false },
      { style: 'spaceDelimited', explode: false },
      { style: 'tabDelimited', explode: false },
      { style: 'pipeDelimited', explode: false },
      undefined,
    ]);
  },
);
