import { mkdir, writeFile } from 'node:fs/promises';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../package.js';

/**
 * A spec folder whose contract has just these calls (`METHOD /path`), with the worlds, targets and signatures of
 * this package.
 */
export async function specOf(folder: string, calls: readonly string[]): Promise<string> {
  const spec = join(folder, 'spec');
  await mkdir(spec, { recursive: true });
  for (const name of ['worlds', 'targets.yaml', 'signatures.yaml']) {
    await cp(join(PACKAGE_ROOT, 'spec', name), join(spec, name), { recursive: true });
  }
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [index, call] of calls.entries()) {
    const [method = '', path = ''] = call.split(' ');
    paths[path] = {
      ...paths[path],
      [method.toLowerCase()]: {
        operationId: `call${index}`,
        tags: ['calls'],
        security: [{ token: [] }],
        responses: { 200: { description: 'ok' } },
        ...(method === 'GET'
          ? {}
          : { requestBody: { content: { 'application/json': { schema: { type: 'object' } } } } }),
      },
    };
  }
  const contract = {
    openapi: '3.0.3',
    info: { title: 'Calls', version: '1' },
    paths,
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
  };
  await writeFile(join(spec, 'openapi.json'), JSON.stringify(contract));
  return spec;
}
