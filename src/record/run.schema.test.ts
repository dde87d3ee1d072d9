import { Ajv } from 'ajv';
import { format } from 'prettier';
import { expect, test } from 'vitest';
import { Run } from './run.js';

test('the JSON Schema of the run file is beside the code', async () => {
  const text = await format(JSON.stringify(Run), { parser: 'json', printWidth: 110 });
  await expect(text).toMatchFileSnapshot('run.schema.json');
  expect(new Ajv({ strict: true, allowUnionTypes: true }).validateSchema(Run)).toBe(true);
});
