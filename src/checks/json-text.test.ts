import { expect, test } from 'vitest';
import { NotApplicable } from '../drive/drive.js';
import type { Answer } from '../targets/reply.js';
import { answer } from '../testing/host.js';
import { jsonTextOf } from './json-text.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const typed = (type: string) => answer(200, '{"id":1}', { 'content-type': type });

test.each<[what: string, given: Answer, text: string]>([
  ['JSON', answer(200, '{"id":1}', JSON_TYPE), '{"id":1}'],
  ['JSON with white space around it', answer(200, ' {"id":1}\n', JSON_TYPE), ' {"id":1}\n'],
  ['JSON of a form of its own', typed('application/problem+json; charset=utf-8'), '{"id":1}'],
  ['what is no JSON, and says that it is', answer(201, '{"id":1', JSON_TYPE), '{"id":1'],
])('of %s its text is looked at', (_, given, text) => {
  expect(jsonTextOf(given)).toBe(text);
});

test.each<[what: string, given: Answer, why: string]>([
  ['an error', answer(404, {}), 'its answer is no success'],
  ['a redirect', answer(302, {}), 'its answer is no success'],
  ['an answer that is cut off', answer(200, {}, {}, 'cut off'), 'its body did not come whole'],
  [
    'bytes that are no text',
    { ...answer(200, '', JSON_TYPE), body: Buffer.from([0xff, 0xfe, 0xfd]) },
    'its body could not be read',
  ],
])('it is not known of %s', (_, given, why) => {
  expect(jsonTextOf(given)).toEqual({ kind: 'inconclusive', why });
});

test.each<[what: string, given: Answer, why: string]>([
  ['a page', typed('text/html'), 'its answer is no JSON'],
  ['no media type', answer(200, '{"id":1}'), 'its answer is no JSON'],
  ['several JSON texts', typed('application/json-seq'), 'its answer is no JSON'],
  ['a stream of them', typed('application/stream+json'), 'its answer is no JSON'],
  ['one in each line', typed('application/Json-Lines'), 'its answer is no JSON'],
  ['no body', answer(200, '', JSON_TYPE), 'its answer has no body'],
])('it is not about an answer with %s', (_, given, why) => {
  expect(jsonTextOf(given)).toEqual(new NotApplicable(why));
});
