import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { conform, copyOfSpec, temporaryFolder } from '../testing/conform.js';

test('conform suites says what is wrong in a flow before it asks anything, with file, line and remedy', async () => {
  await using folder = await temporaryFolder();
  const dir = await copyOfSpec(folder.path);
  await writeFile(
    join(dir, 'workflows/wrong.yaml'),
    `arazzo: 1.0.1
info: { title: Wrong, version: '1' }
sourceDescriptions: [{ name: vendor, url: ../swagger.yaml }]
workflows:
  - workflowId: wrong
    summary: Wrong
    steps:
      - stepId: ask
        description: it is asked
        operationId: listEverything
        successCriteria: [{ condition: $statusCode == 200 }]
`,
  );
  const { code, err } = await conform(['suites', '--target', 'replica', '--spec-dir', dir]);
  expect(err).toMatch(/wrong\.yaml:10: .*the contract has no operation “listEverything”/);
  expect(err).toContain('The nearest operation id is “listLocations”.');
  expect(code).toBe(2);
});
