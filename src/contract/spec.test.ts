import { join } from 'node:path';
import SwaggerParser from '@apidevtools/swagger-parser';
import { lint, loadConfig } from '@redocly/openapi-core';
import { expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../package.js';
import { loadContract } from './load.js';

const FILE = join(PACKAGE_ROOT, 'spec/swagger.yaml');

test('the contract of this package passes a strict validation', async () => {
  await expect(SwaggerParser.validate(FILE)).resolves.toMatchObject({ openapi: '3.0.3' });
});

test('it passes the linter without a problem', async () => {
  const config = await loadConfig({ configPath: join(PACKAGE_ROOT, 'redocly.yaml') });
  expect(await lint({ ref: FILE, config })).toEqual([]);
});

test('it needs no repair, and every answer with a body has an example', async () => {
  const { operations, repairs } = await loadContract(FILE);
  expect(repairs).toEqual([]);
  expect(operations).toHaveLength(63);
  for (const { id, responses, standing } of operations) {
    expect(standing, id).toBeDefined();
    for (const [status, { content }] of Object.entries(responses))
      for (const { example } of Object.values(content)) expect(example, `${id} ${status}`).toBeDefined();
  }
});

test('every search by POST is marked as safe, and nothing else that is not a GET', async () => {
  const { operations } = await loadContract(FILE);
  for (const { id, method, path, safe } of operations) {
    const isToken = path.startsWith('/oauth/');
    if (method === 'POST') expect(safe, id).toBe(path.endsWith('/_search/') || isToken);
    else expect(safe, id).toBe(method === 'GET');
  }
});
